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

OF_THE_STANDARD = {"DecisionService", "InputData"}
"""Elements of DMN 1.5 (6.3), which keep their names."""

SAYS_NOTHING = {"Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Data", "Info"}
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z]|$)|[A-Z][a-z0-9]*|[a-z0-9]+")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files_in(folder: str) -> list[Path]:
    return [p for p in FILES if p.is_relative_to(ROOT / folder)]


def modules_in(folder: str) -> list[Path]:
    return [p for p in files_in(folder) if p.suffix == ".py"]


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(read(path)))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_file_has_at_most_400_lines(folder: str) -> None:
    counts = {name_of(p): len(p.read_text().splitlines()) for p in files_in(folder)}
    assert counts
    assert {name: count for name, count in counts.items() if count > 400} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_function_has_at_most_40_lines(folder: str) -> None:
    lengths = {
        f"{name_of(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in modules_in(folder)
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 40} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_class_and_a_module_are_named_by_what_they_are(folder: str) -> None:
    last_words = {
        f"{name_of(path)}: {node.name}": WORD.findall(node.name)[-1]
        for path in modules_in(folder)
        for node in nodes_of(path)
        if isinstance(node, ast.ClassDef) and node.name not in OF_THE_STANDARD
    }
    assert [name for name, word in last_words.items() if word in SAYS_NOTHING] == []
    modules = modules_in(folder)
    assert [name_of(p) for p in modules if p.stem.capitalize() in SAYS_NOTHING] == []


def test_test_folders_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_processes_and_forms_hold_no_code() -> None:
    code = [p for f in ("processes", "forms") for p in (ROOT / f).rglob("*.py")]
    assert {p.name for p in code} == {"__init__.py"}
    assert all(len(read(p).body) <= 1 for p in code)


def test_the_words_of_a_name_are_told_apart() -> None:
    assert WORD.findall("BPMNDataManager") == ["BPMN", "Data", "Manager"]
    assert WORD.findall("UserTask") == ["User", "Task"]
