"""The FEEL cases of the DMN Technology Compatibility Kit, where the folder with them stands beside the repository.

`python -m tests.tck_kit [FOLDER]` prints the cases that fail, of all or of the folders with that text in their names, and the
shares that pass. A case passes when its value is the expected one, a number to a part in 10^8 (the Kit is written with 12
digits); an expression that is refused or stops has the value null, as the Kit's own runner takes it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from engine.expression import EvaluationFailed, ExpressionInvalid, Language, compile_expression
from engine.expression.temporal import comparison
from engine.expression.temporal.literal import literal
from engine.expression.values import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression.values import Datum

CASES = Path(__file__).parents[1].parent / "shared/tck/feel-cases.json"
CLOSE = Decimal("1e-8")
NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Expressions, each seeing the inputs and the values of those before it; the last one's value is expected."""

    id: str
    folder: str
    plan: tuple[tuple[str, str], ...]
    inputs: Mapping[str, Datum]
    expected: Datum


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a case gave; `refused` is the code of the error that stands for null."""

    passed: bool
    found: Datum
    refused: str = ""


def cases(folder: str = "") -> list[Case]:
    """Give the cases of the folders with that text in their names; none where the Kit is not there."""
    return [case for case in _all_cases() if folder in case.folder] if CASES.exists() else []


def run(case: Case) -> Outcome:
    """Evaluate a case."""
    names = frozenset(case.inputs).union(name for name, _ in case.plan)
    variables = dict(case.inputs)
    found: Datum = None
    refused = ""
    for name, text in case.plan:
        try:
            found, refused = _computed(text, names, variables), ""
        except (ExpressionInvalid, EvaluationFailed) as error:
            found, refused = None, error.code
        variables[name] = found
    return Outcome(passed=same(case.expected, found), found=found, refused=refused)


def value_in(written: Mapping[str, object]) -> Datum:
    """Read `{t: type, v: value}`."""
    kind, value = str(written["t"]), written.get("v")
    if kind == "list" and isinstance(value, list):
        return [value_in(each) for each in value]
    if kind == "context" and isinstance(value, dict):
        return {key: value_in(each) for key, each in value.items()}
    text = str(value)
    plain: dict[str, Datum] = {"null": None, "string": text, "boolean": text == "true"}
    if kind in plain:
        return plain[kind]
    return Decimal(text) if kind == "number" else literal(text)


def same(expected: Datum, found: Datum) -> bool:
    """Tell whether a value is the expected one."""
    if kind_of(expected) != kind_of(found):
        return False
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(expected - found) <= CLOSE * max(abs(expected), abs(found), Decimal(1))
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(
            same(value, found[key]) for key, value in expected.items()
        )
    return expected == found or comparison.equal(expected, found) is True


def _computed(text: str, names: frozenset[str], variables: Mapping[str, Datum]) -> Datum:
    return compile_expression(text, Language.FEEL, names=names).compute(variables, now=NOW)


@cache
def _all_cases() -> list[Case]:
    return [
        Case(
            id=row["id"],
            folder=row["dir"],
            plan=tuple((name, text) for name, text in row["plan"]),
            inputs={name: value_in(value) for name, value in row["in"].items()},
            expected=value_in(row["exp"]),
        )
        for row in json.loads(CASES.read_text())
    ]


def _share(passed: list[bool]) -> str:
    return f"{sum(passed)}/{len(passed)} = {100 * sum(passed) / max(1, len(passed)):.1f} %"


def main(folder: str = "") -> None:
    """Print what fails and how much passes."""
    outcomes = [(case, run(case)) for case in cases(folder)]
    for case, outcome in outcomes:
        if not outcome.passed:
            plan = " ;; ".join(text for _, text in case.plan)
            sys.stdout.write(
                f"{case.id}\n    {plan}\n    expected {case.expected!r}\n"
                f"    found    {outcome.found!r} {outcome.refused}\n"
            )
    valued = [outcome.passed for case, outcome in outcomes if case.expected is not None]
    sys.stdout.write(f"all {_share([outcome.passed for _, outcome in outcomes])}\n")
    sys.stdout.write(f"with a value {_share(valued)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
