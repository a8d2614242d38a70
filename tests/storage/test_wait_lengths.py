"""The office's own lengths of waiting, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_kit import START, Workplace
from timer_kit import AGENCY, ENDED, TimedOffice

from engine.actor import Role
from engine.chain import agency_chain
from engine.errors import InvalidSubmission, NotAllowed, NotFound
from engine.history import TimerScheduled, WaitLengthChanged

if TYPE_CHECKING:
    from engine.ids import InstanceId
    from engine.testing import FixedClock

DAY = timedelta(days=1)
OPEN = ENDED + "boundary habis on=kerja duration=P60D unstated=true\nhabis -> selesai"
STATED = ENDED + "boundary habis on=kerja duration=P60D\nhabis -> selesai"


@pytest.fixture
def office(backend: Workplace, clock: FixedClock) -> TimedOffice:
    """Give an office on each store in turn."""
    return TimedOffice(backend, clock)


def choose(office: TimedOffice, length: str, element: str = "habis") -> None:
    office.runtime.set_wait_length("p", element, length, actor=office.ani, request=office.request())


def told(office: TimedOffice, case: InstanceId) -> list[tuple[str, bool]]:
    found = (record.event for record in office.records(case))
    return [(e.length, e.is_setting) for e in found if isinstance(e, TimerScheduled)]


def changes(backend: Workplace) -> list[WaitLengthChanged]:
    found = (record.event for record in backend.records(agency_chain(AGENCY)))
    return [event for event in found if isinstance(event, WaitLengthChanged)]


def test_without_a_length_of_its_own_the_office_waits_as_drawn(office: TimedOffice) -> None:
    case = office.start(OPEN)
    assert told(office, case) == [("P60D", False)]
    assert office.waiting() == [("timer", START + 60 * DAY)]


def test_the_offices_length_stands_over_the_drawn_one_for_timers_that_begin_from_then_on(
    office: TimedOffice, backend: Workplace
) -> None:
    before = office.start(OPEN)
    choose(office, "P14D")
    (definition,) = office.deploy(OPEN).definitions
    after = office.begin(definition.id)
    assert told(office, before) == [("P60D", False)]
    assert told(office, after) == [("P14D", True)]
    assert office.pass_by(14 * DAY) == 1
    assert [office.open(before), office.open(after)] == [["kerja"], []]
    assert [(e.name, e.length, e.previous) for e in changes(backend)] == [("kerja", "P14D", "")]


def test_an_own_length_can_be_changed_and_taken_back(
    office: TimedOffice, backend: Workplace
) -> None:
    (definition,) = office.deploy(OPEN).definitions
    for length in ("P14D", "P2M", "P2M", ""):
        choose(office, length)
    assert told(office, office.begin(definition.id)) == [("P60D", False)]
    assert [(e.previous, e.length) for e in changes(backend)] == [
        ("", "P14D"),
        ("P14D", "P2M"),
        ("P2M", ""),
    ]


def test_the_same_request_changes_a_length_once(office: TimedOffice, backend: Workplace) -> None:
    office.deploy(OPEN)
    request = office.request()
    for length in ("P14D", "P30D"):
        office.runtime.set_wait_length("p", "habis", length, actor=office.ani, request=request)
    assert [e.length for e in changes(backend)] == ["P14D"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("14", "timer_duration"), ("P0D", "timer_zero"), ("-P1D", "timer_negative"), ("${x}", "timer_duration")],
)  # fmt: skip
def test_a_text_that_is_no_length_is_refused(office: TimedOffice, text: str, code: str) -> None:
    office.deploy(OPEN)
    with pytest.raises(InvalidSubmission) as refused:
        choose(office, text)
    assert refused.value.code == code


def test_a_length_that_a_document_states_is_not_the_offices_to_set(office: TimedOffice) -> None:
    office.deploy(STATED)
    with pytest.raises(NotFound):
        choose(office, "P14D")
    with pytest.raises(NotFound):
        choose(office, "P14D", element="kerja")
    with pytest.raises(NotFound):
        choose(office, "P14D", element="hilang")


def test_only_who_oversees_the_office_sets_a_length(office: TimedOffice) -> None:
    office.deploy(OPEN)
    clerk = replace(office.ani, roles=frozenset({Role.STAFF}))
    with pytest.raises(NotAllowed):
        office.runtime.set_wait_length("p", "habis", "P14D", actor=clerk, request=office.request())


def test_an_unstated_length_is_a_warning_when_its_map_is_put_in_force(office: TimedOffice) -> None:
    found = [(f.code, f.element_id) for f in office.deploy(OPEN).findings]
    assert found == [("timer_unstated", "habis")]
