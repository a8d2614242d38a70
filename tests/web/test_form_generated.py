"""Any form with conditions: what its page shows and a browser sends is what a plain reading of the conditions says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from form_kit import Json, form_with
from form_page_kit import drawn, pressed
from hypothesis import given, settings
from hypothesis import strategies as st

from web.forms import raw_submission

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.variables import Value

OPTIONS = [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]
KINDS: Mapping[str, Json] = {
    "line": {"type": "textfield"},
    "number": {"type": "number"},
    "radio": {"type": "radio", "values": OPTIONS},
    "box": {"type": "checkbox"},
    "list": {"type": "checklist", "values": OPTIONS},
}
VALUES: Mapping[str, st.SearchStrategy[Value]] = {
    "line": st.sampled_from([None, "x", "y", "lama sekali"]),
    "number": st.sampled_from([None, *map(Decimal, ("0", "5", "1500000", "-2.5"))]),
    "radio": st.sampled_from([None, "x", "y"]),
    "box": st.booleans(),
    "list": st.sampled_from([None, ["x"], ["x", "y"]]),
}
CONDITIONS: list[tuple[str, Callable[[Value], bool]]] = [
    ('{} = "x"', lambda value: value == "x"),
    ("{} = null", lambda value: value is None),
    ("{} != null", lambda value: value is not None),
    ("{} = true", lambda value: value is True),
    ("{} > 3", lambda value: isinstance(value, Decimal) and value > 3),
]
KEYS = "abcdef"


@dataclass(frozen=True)
class Made:
    """A field that was made up: which other one hides it by which condition, if any."""

    key: str
    kind: str
    other: str | None
    condition: int

    def component(self, prefix: str = "") -> Json:
        """Give the component; `prefix` stands before the name in its condition."""
        text = CONDITIONS[self.condition][0].format(f"{prefix}{self.other}")
        hide = {"conditional": {"hide": f"={text}"}} if self.other else {}
        return {**KINDS[self.kind], "key": self.key, "label": self.key.upper(), **hide}

    def is_hidden(self, values: Mapping[str, Value]) -> bool:
        """Tell whether these values hide the field."""
        return self.other is not None and CONDITIONS[self.condition][1](values[self.other])


@st.composite
def made_fields(draw: st.DrawFn, keys: str) -> tuple[list[Made], list[Made]]:
    """Give fields in the order in which they decide over each other, and in the order in which they stand."""
    deciding = draw(st.permutations(keys))
    fields = [
        Made(
            key=key,
            kind=draw(st.sampled_from(sorted(KINDS))),
            other=draw(st.sampled_from([None, *deciding[:place]])),
            condition=draw(st.integers(0, len(CONDITIONS) - 1)),
        )
        for place, key in enumerate(deciding)
    ]
    return fields, draw(st.permutations(fields))


def remaining(deciding: list[Made], values: Mapping[str, Value]) -> dict[str, Value]:
    """Give what is left of the values when each hidden field is null."""
    left: dict[str, Value] = {}
    for field in deciding:
        left[field.key] = None if field.is_hidden(left) else values[field.key]
    return left


def values_for(fields: list[Made]) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries({field.key: VALUES[field.kind] for field in fields})


@settings(derandomize=True, max_examples=120, deadline=None)
@given(data=st.data(), made=made_fields(KEYS), cut=st.integers(0, len(KEYS)))
def test_what_a_page_sends_is_what_its_conditions_leave(
    data: st.DataObject, made: tuple[list[Made], list[Made]], cut: int
) -> None:
    deciding, standing = made
    components = [field.component() for field in standing]
    group = {"type": "group", "label": "Kelompok", "components": components[:cut]}
    form = form_with(*components[cut:], *([group] if cut else []))
    values = data.draw(values_for(standing))
    page = drawn(form, form.prefill(values, answered_here=False), (), values)
    sent = raw_submission(pressed(page))
    assert form.submit(sent, values) == remaining(deciding, values)
    again = drawn(form, sent, (), values)
    assert pressed(again) == pressed(page)
    assert form.submit_json(remaining(deciding, values), values) == remaining(deciding, values)


@settings(derandomize=True, max_examples=80, deadline=None)
@given(data=st.data(), made=made_fields("abcd"))
def test_so_it_is_in_every_row(data: st.DataObject, made: tuple[list[Made], list[Made]]) -> None:
    deciding, standing = made
    table = {
        "type": "dynamiclist",
        "path": "rows",
        "label": "Rows",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [field.component("this.") for field in standing],
    }
    form = form_with(table)
    rows = data.draw(st.lists(values_for(standing), min_size=1, max_size=3))
    values: dict[str, Value] = {"rows": [*rows]}
    page = drawn(form, form.prefill(values, answered_here=False), (), values)
    left = [remaining(deciding, row) for row in rows]
    filled = [row for row in left if any(value not in (None, False) for value in row.values())]
    assert form.submit(raw_submission(pressed(page)), values) == {"rows": filled or None}
