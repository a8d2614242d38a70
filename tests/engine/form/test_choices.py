"""Choices, boxes to tick, and typed values of every kind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import (
    CHECKBOX,
    CHECKLIST,
    DRAFT,
    LINE,
    RADIO,
    REQUIRED,
    SELECT,
    Json,
    problem_of,
    typed_value,
    value_of,
)

if TYPE_CHECKING:
    from engine.variables import Value


@pytest.mark.parametrize("component", [SELECT, RADIO])
def test_a_choice_is_one_of_its_options(component: Json) -> None:
    assert value_of(component, "setuju") == "setuju"
    assert value_of(component, "") is None
    assert problem_of(component, "tolak") == ("choice_unknown", {"text": "tolak"})
    assert problem_of(component, "setuju", "revisi") == ("field_twice", {})
    assert problem_of({**component, **REQUIRED}, "") == ("field_choice_required", {})


def test_radio_buttons_that_nobody_touched_are_not_sent() -> None:
    assert value_of(RADIO) is None
    assert problem_of({**RADIO, **REQUIRED}) == ("field_choice_required", {})


def test_a_box_is_true_or_false_and_a_required_one_must_be_ticked() -> None:
    assert value_of(CHECKBOX, "ya") is True
    assert value_of(CHECKBOX) is False
    assert problem_of(CHECKBOX, "true")[0] == "choice_unknown"
    assert problem_of({**CHECKBOX, **REQUIRED}) == ("field_tick_required", {})


def test_a_checklist_holds_the_ticked_options_in_their_order() -> None:
    assert value_of(CHECKLIST, "setuju", "revisi", "setuju") == ["revisi", "setuju"]
    assert value_of(CHECKLIST) is None
    assert problem_of(CHECKLIST, "setuju", "x") == ("choice_unknown", {"text": "x"})
    assert problem_of({**CHECKLIST, **REQUIRED}) == ("field_choice_required", {})


@pytest.mark.parametrize(
    ("component", "value", "result"),
    [
        (LINE, " a ", "a"),
        (LINE, "", None),
        (LINE, Decimal(1), "field_wrong_type"),
        (LINE, {"a": None}, "field_wrong_type"),
        (SELECT, "setuju", "setuju"),
        (SELECT, ["setuju"], "field_wrong_type"),
        (SELECT, "", None),
        (RADIO, "x", "choice_unknown"),
        (CHECKBOX, True, True),
        (CHECKBOX, None, False),
        (CHECKBOX, "ya", "field_wrong_type"),
        (CHECKLIST, ["setuju", "revisi"], ["revisi", "setuju"]),
        (CHECKLIST, [], None),
        (CHECKLIST, "setuju", "field_wrong_type"),
        (CHECKLIST, [["setuju"]], "field_wrong_type"),
        ({"type": "filepicker"}, [DRAFT.as_value()], [DRAFT.as_value()]),
        ({"type": "filepicker"}, DRAFT.as_value(), "field_wrong_type"),
        ({"type": "filepicker"}, [{**DRAFT.as_value(), "digest": "../x"}], "field_wrong_type"),
        ({"type": "filepicker"}, [{**DRAFT.as_value(), "extra": None}], "field_wrong_type"),
        (
            {"type": "filepicker"},
            [{**DRAFT.as_value(), "size": Decimal("1.5")}],
            "field_wrong_type",
        ),
        ({"type": "filepicker"}, [{**DRAFT.as_value(), "type": "a"}], "field_wrong_type"),
        ({"type": "filepicker"}, [{**DRAFT.as_value(), "name": None}], "field_wrong_type"),
    ],
)
def test_a_typed_value_of_the_wrong_kind_is_refused(
    component: Json, value: Value, result: object
) -> None:
    assert typed_value(component, value) == result
