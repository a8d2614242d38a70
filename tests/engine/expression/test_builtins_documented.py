"""docs/feel-builtins.md names every function with all its forms, and each example there has the value beside it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from engine.expression import Language, compile_expression
from engine.expression.builtins import BUILTINS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.expression.builtins.signature import Builtin
    from engine.variables import Value

PAGE = Path(__file__).parents[3] / "docs" / "feel-builtins.md"
ROW = re.compile(r"^\| (`.+?\)`) \| .+ \| `(.+)` \| `(.+)` \|$", re.MULTILINE)
NOW = datetime(2026, 11, 21, 15, 30, tzinfo=ZoneInfo("Asia/Jakarta"))

ROWS: list[tuple[str, str, str]] = ROW.findall(PAGE.read_text())


def forms(function: Builtin) -> Iterator[str]:
    for form in function.forms:
        written = [
            f"{name}?" if place >= form.least and not form.repeats else name
            for place, name in enumerate(form.parameters)
        ]
        yield f"{function.name}({', '.join(written)}{'…' if form.repeats else ''})"


def evaluated(text: str) -> Value:
    return compile_expression(text, Language.FEEL).evaluate({}, now=NOW)


def test_the_page_names_every_function_with_its_forms() -> None:
    written = [form.strip("`") for signature, _, _ in ROWS for form in signature.split("<br>")]
    assert sorted(written) == sorted(form for each in BUILTINS.values() for form in forms(each))


@pytest.mark.parametrize(("example", "value"), [row[1:] for row in ROWS], ids=lambda text: text)
def test_an_example_has_the_value_beside_it(example: str, value: str) -> None:
    assert evaluated(example) == evaluated(value)
