"""All codes that a finding of the gate can have, read from the modules that make them; so no list can be out of date."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from engine.dialects import PROGRAMS, REFUSED

ENGINE = Path(__file__).parents[1] / "engine"
MAKERS = {
    "DecisionFinding",
    "error",
    "at",
    "at_node",
    "_at",
    "_found",
    "_refused",
    "Finding",
    "Fault",
}
"""Functions that are given the code of a finding."""

_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
_DECIDING = re.compile(r'"((?:dmn|table|file)_[a-z_]+)"')
_READING = re.compile(r'"((?:drawing|file)_[a-z_]+)"')


def codes_by_rule() -> dict[str, set[str]]:
    """Give the codes of each rule."""
    modules = (path for path in (ENGINE / "rules").glob("*.py") if path.stem != "__init__")
    codes = {path.stem: _made_in(path) for path in modules}
    connectors = (ENGINE / "connectors").glob("*.py")
    codes["unknown_attributes"] |= set(REFUSED.values())
    codes["elements_supported"] |= set(PROGRAMS.values())
    codes["service_work"] = codes["service_work"].union(*map(_made_in, connectors))
    return codes


def codes_of_reading() -> set[str]:
    """Give the codes that reading a file and its drawing can end with."""
    read = ((ENGINE / folder).glob("*.py") for folder in ("source", "drawing"))
    files = [ENGINE / "xml.py", *(path for paths in read for path in paths)]
    return {code for file in files for code in _READING.findall(file.read_text())}


def codes_of_package() -> set[str]:
    """Give the codes of the gate itself and of the trial."""
    makers = ("gate", "deployment", "deployment_findings", "kept_map", "named_people", "trial")
    return set().union(*(_made_in(ENGINE / f"{maker}.py") for maker in makers))


def codes_of_decisions() -> set[str]:
    """Give the codes of what can be wrong, or not meant, in DMN files."""
    files = [ENGINE / "decision_findings.py", *(ENGINE / "decision").glob("*.py")]
    named = {code for file in files for code in _DECIDING.findall(file.read_text())}
    return named.union(*map(_made_in, files)) - {"expression_invalid", "decision_invalid"}


def all_codes() -> set[str]:
    """Give every code."""
    rules = set().union(*codes_by_rule().values())
    return rules | codes_of_reading() | codes_of_package() | codes_of_decisions()


def _made_in(path: Path) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    made = [call for call in calls if _name(call.func) in MAKERS]
    given = [each for call in made for each in (*call.args, *_code(call))]
    texts = {text for each in given for text in _texts(each)}
    return {text for text in texts if _CODE.fullmatch(text)}


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _code(call: ast.Call) -> list[ast.expr]:
    return [keyword.value for keyword in call.keywords if keyword.arg == "code"]


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []
