from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import history
from engine.chain import event_data, read_event
from engine.history import EVENTS, HistoryEvent
from engine.variables import load

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
KEYS = TEXTS
NUMBERS = st.decimals(-(10**12), 10**12, places=3)
VALUES = st.none() | st.booleans() | TEXTS | NUMBERS | st.lists(NUMBERS, max_size=3)
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "str": TEXTS,
    "int": st.integers(0, 10**9),
    "bool": st.booleans(),
    "tuple[str, ...]": st.lists(TEXTS, max_size=3).map(tuple),
    "Value": VALUES,
    "dict[str, Value]": st.dictionaries(KEYS, VALUES, max_size=3),
    "dict[str, str]": st.dictionaries(KEYS, TEXTS, max_size=3),
}


def events(kind: type[HistoryEvent]) -> st.SearchStrategy[HistoryEvent]:
    fields = {f.name: FIELDS[str(f.type)] for f in dataclasses.fields(kind)}
    return st.fixed_dictionaries(fields).map(lambda values: kind(**values))


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS.keys())
@given(data=st.data())
def test_an_event_is_read_back_as_it_was_written(
    kind: type[HistoryEvent], data: st.DataObject
) -> None:
    event = data.draw(events(kind))
    assert read_event(kind.type, event_data(event)) == event


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS.keys())
def test_a_field_with_its_default_value_is_left_out(kind: type[HistoryEvent]) -> None:
    needed = {
        f.name: "x" if f.type == "str" else 1 if f.type == "int" else ("x",)
        for f in dataclasses.fields(kind)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }
    written = load(event_data(kind(**needed)))
    assert isinstance(written, dict)
    assert written.keys() == needed.keys()


def test_every_event_stands_in_the_table() -> None:
    defined = {
        value
        for value in vars(history).values()
        if isinstance(value, type) and issubclass(value, HistoryEvent) and value is not HistoryEvent
    }
    assert set(EVENTS.values()) == defined
    assert all(kind.type == name for name, kind in EVENTS.items())


def test_the_name_of_an_event_is_its_class_in_the_past_tense() -> None:
    for name, kind in EVENTS.items():
        words = "".join(word.capitalize() for word in name.split("_"))
        assert kind.__name__ == words
        assert name.split("_")[-1] in PAST


PAST = {
    "started", "completed", "cancelled", "linked", "activated", "merged", "opened", "closed", "changed",
    "created", "claimed", "unclaimed", "assigned", "deployed", "kept", "registered", "in", "out", "refused",
    "scheduled", "fired", "awaited", "received", "sent", "requested", "raised", "resolved",
    "moved", "reminded", "escalated", "dropped", "doubted", "evaluated", "missed", "thrown",
    "saved", "ended", "reassigned", "postponed", "reserved", "confirmed", "voided", "retracted", "corrected", "added", "made",
}  # fmt: skip


def test_an_unknown_event_can_not_be_read() -> None:
    with pytest.raises(KeyError):
        read_event("case_forgotten", b"{}")


def test_an_unknown_field_can_not_be_read() -> None:
    with pytest.raises(TypeError, match="found \\['extra'\\]"):
        read_event("signed_in", b'{"extra":1}')
