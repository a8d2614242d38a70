"""`engine.coverage` agrees with the gate, and its page with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance.drawings import DRAWINGS

from engine.coverage import ELEMENTS, EVENTS, Row, Support, document
from engine.gate import examine

PAGE = Path(__file__).parents[2] / "docs" / "bpmn-coverage.md"
NAMES = {
    (row.name if row.position is None else f"{row.name}, {row.position}"): row
    for row in (*ELEMENTS, *EVENTS)
    if row.support is not Support.RUNS
}


def test_the_page_is_what_the_table_gives() -> None:
    assert PAGE.read_text() == document()


def test_whatever_does_not_run_has_a_drawing() -> None:
    assert sorted(NAMES) == sorted(DRAWINGS)


@pytest.mark.parametrize(("name", "row"), NAMES.items(), ids=lambda each: str(each)[:60])
def test_the_gate_refuses_what_the_table_refuses_and_takes_what_is_only_drawn(
    name: str, row: Row
) -> None:
    found = examine({"p.bpmn": DRAWINGS[name]}, is_known=lambda _: False)
    if row.support is Support.DRAWN:
        assert found.findings == ()
    else:
        assert {finding.element_id for finding in found.errors} & {"x", "y"}
