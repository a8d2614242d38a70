"""`alur feel`: evaluate an expression of FEEL or JUEL, without a database.

The value is written as canonical JSON (exit 0). An error is said with its place on the error output (exit 1); what can't be
read around the expression, the context or a value, is a wrong call (exit 2).
"""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.clock import SystemClock
from engine.errors import AlurError
from engine.expression import Language
from engine.known import nearest
from engine.variables import canonical, load, object_of
from web.commands.files import read_package
from web.commands.speaking import say
from web.expression_words import pointed, reason_of, told
from web.i18n import DEFAULT_ZONE, _
from web.trying import try_out, try_tests
from web.words import explain

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from engine.variables import Value
    from web.trying import Problem, Tried

SUMMARY = "Hitung sebuah ekspresi FEEL atau JUEL, dengan atau tanpa data."

_STDIN = "-"
_WRONG, _MISUSED = 1, 2


def add_arguments(parser: ArgumentParser) -> None:
    """Take the expression, what it is evaluated with, and the shape of an error."""
    parser.add_argument("expression", metavar="EKSPRESI", help="atau - untuk membaca dari masukan")
    parser.add_argument("--context", metavar="BERKAS", help="data: satu objek JSON")
    parser.add_argument(
        "--language",
        choices=[each.value for each in Language],
        default=Language.FEEL.value,
        help="bahasa ekspresi tanpa awalan “=” atau “${”",
    )
    parser.add_argument(
        "--unary", action="store_true", help="baca sebagai sel tabel keputusan (uji)"
    )
    parser.add_argument("--value", metavar="JSON", default="null", help="nilai yang diuji sel itu")
    parser.add_argument("--now", metavar="SAAT", type=_moment, help="saat ini, ISO 8601")
    parser.add_argument("--json", action="store_true", help="tulis kesalahan sebagai JSON")


def execute(arguments: Namespace) -> int:
    """Evaluate, and write the value or what is wrong."""
    try:
        variables = _context(arguments.context)
        tested = load(arguments.value)
    except AlurError as error:
        _complain(explain(error))
        return _MISUSED
    now = arguments.now or SystemClock().now().astimezone(ZoneInfo(DEFAULT_ZONE))
    text = sys.stdin.read() if arguments.expression == _STDIN else arguments.expression
    if arguments.unary:
        tried = try_tests(text, variables, tested=tested, now=now)
    else:
        tried = try_out(text, Language(arguments.language), variables, now=now)
    return _tell(tried, variables, as_json=arguments.json)


def _context(file: str | None) -> Mapping[str, Value]:
    return {} if file is None else object_of(read_package([file])[file])


def _moment(text: str) -> datetime:
    """Read the moment to count from; without an offset it is one of the office."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("tulis seperti 2026-11-21T08:30:00+07:00")) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(DEFAULT_ZONE))


def _tell(tried: Tried, variables: Mapping[str, Value], *, as_json: bool) -> int:
    for name in tried.unknown:
        _complain(_unknown(name, nearest(name, variables)))
    if tried.problem is None:
        say(canonical(tried.value))
        return 0
    if as_json:
        _complain(canonical(_as_json(tried.problem)))
    else:
        _complain(told(tried.problem), "", *(f"    {line}" for line in pointed(tried.problem)))
    return _WRONG


def _unknown(name: str, near: str) -> str:
    said = _("Peringatan: data “{name}” tidak ada; dianggap kosong.").format(name=name)
    return said + (_(" Maksud Anda “{near}”?").format(near=near) if near else "")


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "line": problem.line,
        "column": problem.position,
        "reason": reason_of(problem.code, problem.params),
        "sentence": told(problem),
    }


def _complain(*lines: str) -> None:
    for line in lines:
        sys.stderr.write(f"{line}\n")
