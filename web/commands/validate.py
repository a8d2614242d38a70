"""`alur validate`: say what Alur would do with process maps, decisions and forms, without a database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.gate import examine
from web.commands.files import read_package
from web.commands.speaking import say
from web.rule_words import finding_sentence, verdict_lines

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.gate import Examined
    from engine.rule import Finding

SUMMARY = "Periksa peta proses, keputusan, dan formulir tanpa memberlakukannya."


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files and the shape of the answer."""
    parser.add_argument(
        "files", nargs="+", metavar="BERKAS", help="berkas .bpmn, .dmn, dan .form; atau foldernya"
    )
    parser.add_argument("--json", action="store_true", help="tulis hasilnya sebagai JSON")


def execute(arguments: Namespace) -> int:
    """Examine the files together; 1 when they would be refused. Raises AlurError when a file can't be read."""
    examined = examine(read_package(arguments.files), is_known=lambda _key: True)
    if arguments.json:
        say(json.dumps([_as_json(f) for f in examined.findings], ensure_ascii=False, indent=2))
    else:
        _tell(examined)
    return 1 if examined.errors else 0


def _tell(examined: Examined) -> None:
    for line in verdict_lines(examined.findings):
        say(line)
    for decision in examined.decisions.brought.values():
        verdict = "ditolak" if examined.errors else "dapat dipakai"
        say(f"Keputusan {decision.name} ({decision.key}): {verdict}")
    for _source, process in examined.executable():
        verdict = "ditolak" if examined.errors else "dapat dijalankan"
        say(f"{process.name} ({process.key}): {verdict}")


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "file": finding.file,
        "line": finding.line,
        "element": finding.element_id,
        "sentence": finding_sentence(finding),
    }
