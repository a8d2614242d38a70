"""Decision models of the DMN Technology Compatibility Kit, where its folder is there (`../shared/tck/dmn`)."""

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from engine.decision import DecisionFailed, evaluate, read_decisions
from engine.variables import Value

KIT = Path(__file__).parents[3].parent / "shared/tck/dmn"
TESTS = "{http://www.omg.org/spec/DMN/20160719/testcase}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
DIGITS = 8
"""The kit writes results of divisions as binary floats."""

FILES = sorted(KIT.glob("*/*/*-test-*.xml"))

pytestmark = pytest.mark.skipif(not FILES, reason="the kit is not there")


def value_of(node: etree._Element) -> Value:
    """Read a value of the kit; dates and durations are texts, as in a case."""
    listed = node.find(TESTS + "list")
    parts = node.findall(TESTS + "component")
    value = node.find(TESTS + "value")
    if listed is not None:
        return [value_of(each) for each in listed.findall(TESTS + "item")]
    if parts:
        return {part.get("name", ""): value_of(part) for part in parts}
    if value is None or value.get(XSI + "nil") == "true":
        return None
    text, kind = value.text or "", value.get(XSI + "type", "").rpartition(":")[2]
    if kind in ("decimal", "double", "integer"):
        return Decimal(text)
    return text == "true" if kind == "boolean" else text


def rounded(value: Value) -> object:
    if isinstance(value, Decimal):
        return round(value, DIGITS)
    if isinstance(value, list):
        return [rounded(each) for each in value]
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return value


def wrong_results(file: Path) -> list[str]:
    root = etree.parse(file).getroot()
    name = root.findtext(TESTS + "modelName") or ""
    model = read_decisions((file.parent / name).read_bytes(), file=name)
    keys = {each.name: key for key, each in model.drawn.decisions.items()}
    wrong = []
    for case in root.iter(TESTS + "testCase"):
        given = {each.get("name", ""): value_of(each) for each in case.findall(TESTS + "inputNode")}
        for result in case.findall(TESTS + "resultNode"):
            expected_node = result.find(TESTS + "expected")
            assert expected_node is not None
            try:
                found = evaluate(model, keys[result.get("name", "")], given, now=None).value
            except DecisionFailed as error:
                found = f"{error.code}: {error}"
            expected = value_of(expected_node)
            if rounded(found) != rounded(expected):
                wrong.append(f"{case.get('id')} {result.get('name')}: {found} != {expected}")
    return wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_case_of_the_kit_gives_what_the_kit_expects(file: Path) -> None:
    assert wrong_results(file) == []
