"""`alur validate`: say what Alur would do with process maps, decisions and forms, without a database.

The exit code is 0 when all of it runs, 1 when some of it does not (refused, or only drawn), 2 when a file is not there to be read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.errors import NotFound
from web.checking import check_alone
from web.commands.files import read_package
from web.commands.speaking import complain, say
from web.verdict_words import report_lines, report_values
from web.words import explain

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SUMMARY = "Periksa peta proses, keputusan, dan formulir tanpa memberlakukannya."

UNREADABLE = 2
"""The exit code when a file is not there to be read."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files and the shape of the answer."""
    parser.add_argument(
        "files", nargs="+", metavar="BERKAS", help="berkas .bpmn, .dmn, dan .form; atau foldernya"
    )
    parser.add_argument("--json", action="store_true", help="tulis hasilnya sebagai JSON")


def execute(arguments: Namespace) -> int:
    """Look at the files together."""
    try:
        package = read_package(arguments.files)
    except NotFound as error:
        complain(explain(error))
        return UNREADABLE
    report = check_alone(package)
    if arguments.json:
        say(json.dumps(report_values(report), ensure_ascii=False, indent=2))
    else:
        for line in report_lines(report):
            say(line)
    return 0 if report.runs else 1
