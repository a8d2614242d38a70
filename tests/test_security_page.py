"""docs/security.md names tests that exist, and all routes stand where it says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from storage import sign_ins
from web.passwords import SHORTEST, WAITING

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/security.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
NUMBERS = {2: "two", 4: "four", 6: "six"}


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(n.name for n in tree.body if isinstance(n, ast.FunctionDef))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part)
def test_each_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert name in functions_of(path)


def test_every_row_of_controls_names_a_test() -> None:
    table = PAGE.partition("| ASVS |")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(table) > 30
    assert [row for row in table if "`tests/" not in row] == []


@pytest.mark.parametrize(
    "budget",
    [
        sign_ins.KNOWN_BROWSER,
        sign_ins.LOGIN_AT_ADDRESS,
        sign_ins.ADDRESS,
        sign_ins.OWN_PASSWORD,
        sign_ins.LINK_BY_MAIL,
    ],
)
def test_the_tries_are_as_many_as_told(budget: sign_ins.Budget) -> None:
    words = {60: "minute", 120: "2 minutes", 30: "30 seconds", 3600: "hour"}
    assert f"| {budget.tries} | {words[int(budget.regain.total_seconds())]} |" in PAGE


def test_the_limits_of_passwords_are_as_told() -> None:
    told = " ".join(PAGE.split())
    assert f"at least {SHORTEST} characters" in told
    assert f"{NUMBERS[WAITING]} more wait" in told
