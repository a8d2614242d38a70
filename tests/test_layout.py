"""The house as DESIGN.md draws it, as far as a file's outside shows it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("engine", "storage", "web", "processes", "forms", "tests", "bench")
WRITTEN = {".py", ".html", ".css", ".js"}
FILES = sorted(p for f in FOLDERS for p in (ROOT / f).rglob("*") if p.suffix in WRITTEN)
MODULES = [p for p in FILES if p.suffix == ".py"]

OF_THE_STANDARD = {"DecisionService", "InputData"}
"""Elements of DMN 1.5 (6.3), which keep their names."""

SAYS_NOTHING = {"Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Data", "Info"}
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z]|$)|[A-Z][a-z0-9]*|[a-z0-9]+")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_has_at_most_40_lines(path: Path) -> None:
    functions = (
        n for n in ast.walk(read(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = {f.name: n for f in functions if (n := (f.end_lineno or 0) - f.lineno + 1) > 40}
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_class_and_a_module_are_named_by_what_they_are(path: Path) -> None:
    classes = (n.name for n in ast.walk(read(path)) if isinstance(n, ast.ClassDef))
    last_words = {name: WORD.findall(name)[-1] for name in classes}
    empty = {name for name, word in last_words.items() if word in SAYS_NOTHING} - OF_THE_STANDARD
    assert empty == set()
    assert path.stem.capitalize() not in SAYS_NOTHING


def test_test_folders_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_processes_and_forms_hold_no_code() -> None:
    code = [p for f in ("processes", "forms") for p in (ROOT / f).rglob("*.py")]
    assert {p.name for p in code} == {"__init__.py"}
    assert all(len(read(p).body) <= 1 for p in code)


def test_the_words_of_a_name_are_told_apart() -> None:
    assert WORD.findall("BPMNDataManager") == ["BPMN", "Data", "Manager"]
    assert WORD.findall("UserTask") == ["User", "Task"]
