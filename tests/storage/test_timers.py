"""Timers on every store: each fires once, after a restart, a long pause, a clock that steps, and beside another worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from storage_kit import START, Workplace
from timer_kit import ENDED, PAUSED, TimedOffice

from engine.clock import as_text
from engine.errors import ExecutionFailed
from engine.history import IncidentRaised, InstanceStarted, TimerScheduled
from engine.job import LEASE, LeaseLost
from engine.store import InstanceState

if TYPE_CHECKING:
    from engine.ids import InstanceId
    from engine.testing import FixedClock

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
TICK = timedelta(microseconds=1)

LATE = (
    ENDED + "boundary habis on=kerja duration=P14D\nmanual susul\nhabis -> susul\nsusul -> selesai"
)
REMINDED = (
    ENDED
    + "boundary ingat on=kerja keeps=true cycle={}\nmanual tegur\nend usai\ningat -> tegur\ntegur -> usai"
)
ASKED = (
    "start mulai\nevents mana\ncatch jawab message=jawaban\ncatch habis duration=P14D\n"
    "manual balas\nmanual susul\nend selesai\nmulai -> mana\nmana -> jawab\nmana -> habis\n"
    "jawab -> balas\nhabis -> susul\nbalas -> selesai\nsusul -> selesai"
)
STUCK = ENDED + (
    "boundary habis on=kerja duration=P1D\nxor pilih\nend lain\nhabis -> pilih\npilih -> lain if =1 = 2"
)
MORNINGS = 'start mulai cycle="0 0 8 * * ?"\nuser kerja formRef=isi\nend selesai\nmulai -> kerja\nkerja -> selesai'


@pytest.fixture
def office(backend: Workplace, clock: FixedClock) -> TimedOffice:
    """Give an office on each store in turn."""
    return TimedOffice(backend, clock)


def test_a_timer_fires_when_its_time_has_come_and_not_before(office: TimedOffice) -> None:
    case = office.start(LATE)
    assert office.waiting() == [("timer", START + 14 * DAY)]
    assert office.pass_by(14 * DAY - TICK) == 0
    assert office.open(case) == ["kerja"]
    assert office.pass_by(TICK) == 1
    assert office.open(case) == ["susul"]
    assert [(f.element, f.due, f.missed) for f in office.fired(case)] == [
        ("habis", as_text(START + 14 * DAY), 0)
    ]
    assert office.waiting() == []


def test_a_timer_that_interrupts_has_not_to_fire_when_the_task_is_done_before(
    office: TimedOffice,
) -> None:
    case = office.start(LATE)
    office.complete(case)
    assert office.waiting() == []
    assert office.pass_by(YEAR) == 0
    assert office.fired(case) == []


def test_a_timer_fires_after_a_restart(office: TimedOffice) -> None:
    case = office.start(LATE)
    office.restart()
    assert office.pass_by(14 * DAY) == 1
    office.restart()
    assert office.pass_by(YEAR) == 0
    assert office.open(case) == ["susul"]
    assert len(office.fired(case)) == 1


@pytest.mark.parametrize("text", ["duration=P3D", "date=2026-03-05T08:00"])
def test_a_pause_in_the_middle_of_a_case_ends_once_also_a_year_late(
    office: TimedOffice, text: str
) -> None:
    case = office.start(PAUSED.format(text))
    assert office.open(case) == []
    assert office.pass_by(YEAR) == 1
    assert office.open(case) == ["kerja"]
    assert len(office.fired(case)) == 1


def test_a_date_that_has_passed_comes_at_once(office: TimedOffice) -> None:
    case = office.start(PAUSED.format("date=2020-01-01"))
    assert office.work() == 1
    assert office.open(case) == ["kerja"]


def test_each_time_of_a_counted_cycle_fires_also_after_a_year(office: TimedOffice) -> None:
    case = office.start(REMINDED.format("R3/P1D"))
    assert office.pass_by(YEAR) == 3
    assert office.open(case) == ["kerja", "tegur", "tegur", "tegur"]
    assert [f.due for f in office.fired(case)] == [as_text(START + n * DAY) for n in (1, 2, 3)]
    assert office.waiting() == []


def test_an_endless_cycle_fires_once_for_a_year_that_went_by_and_goes_on(
    office: TimedOffice,
) -> None:
    case = office.start(REMINDED.format("R/P1D"))
    assert office.pass_by(YEAR + HOUR) == 1
    assert [f.missed for f in office.fired(case)] == [364]
    assert office.waiting() == [("timer", START + YEAR + DAY)]
    assert office.pass_by(DAY) == 1
    assert office.open(case) == ["kerja", "tegur", "tegur"]


def test_a_clock_that_steps_back_lets_nothing_fire_twice(office: TimedOffice) -> None:
    case = office.start(REMINDED.format("R/P1D"))
    assert office.pass_by(DAY) == 1
    assert office.pass_by(-DAY) == 0
    assert office.pass_by(DAY) == 0
    assert office.waiting() == [("timer", START + 2 * DAY)]
    assert office.pass_by(DAY) == 1
    assert [f.due for f in office.fired(case)] == [as_text(START + n * DAY) for n in (1, 2)]
    seqs = [record.seq for record in office.records(case)]
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_clock_that_steps_while_a_timer_runs_does_not_move_its_time(office: TimedOffice) -> None:
    case = office.start(LATE)
    assert office.pass_by(-DAY) == 0
    office.restart()
    assert office.pass_by(3 * HOUR) == 0
    assert office.waiting() == [("timer", START + 14 * DAY)]
    assert office.pass_by(15 * DAY) == 1
    assert len(office.fired(case)) == 1


def test_the_first_of_several_events_wins_and_the_timer_of_the_others_is_gone(
    office: TimedOffice,
) -> None:
    case = office.start(ASKED)
    assert office.waiting() == [("timer", START + 14 * DAY)]
    assert office.pass_by(14 * DAY) == 1
    assert office.open(case) == ["susul"]
    assert office.waiting() == []


def test_a_worker_that_was_away_longer_than_its_lease_fires_nothing(office: TimedOffice) -> None:
    case = office.start(LATE)
    office.clock.advance(14 * DAY)
    (held,) = office.claim()
    assert office.pass_by(LEASE) == 1
    with pytest.raises(LeaseLost):
        office.runtime.fire_timer(held)
    assert office.open(case) == ["susul"]
    assert len(office.fired(case)) == 1


def test_a_cycle_that_another_worker_has_fired_is_not_fired_again_by_an_old_lock(
    office: TimedOffice,
) -> None:
    case = office.start(REMINDED.format("R/P1D"))
    office.clock.advance(DAY)
    (held,) = office.claim()
    assert office.pass_by(LEASE) == 1
    office.clock.advance(DAY)
    (newer,) = office.claim()
    with pytest.raises(LeaseLost):
        office.runtime.fire_timer(held)
    office.runtime.fire_timer(newer)
    assert len(office.fired(case)) == 2


def test_a_locked_timer_of_a_task_that_was_done_meanwhile_does_nothing(office: TimedOffice) -> None:
    case = office.start(LATE)
    office.clock.advance(14 * DAY)
    (held,) = office.claim()
    office.complete(case)
    with pytest.raises(LeaseLost):
        office.runtime.fire_timer(held)
    assert office.fired(case) == []
    assert _state(office, case) is InstanceState.COMPLETED


def test_a_case_that_can_not_go_on_behind_its_timer_is_an_incident_and_stays_as_it_was(
    office: TimedOffice,
) -> None:
    case = office.start(STUCK)
    assert office.pass_by(DAY) == 1
    assert office.open(case) == ["kerja"]
    raised = [r.event for r in office.records(case) if isinstance(r.event, IncidentRaised)]
    assert [(e.element, e.code) for e in raised] == [("habis", "no_flow_matches")]
    assert office.pass_by(YEAR) == 0
    office.complete(case)
    assert _state(office, case) is InstanceState.COMPLETED


@pytest.mark.parametrize(
    ("timer", "code"), [("cycle", "timer_too_often"), ("duration", "timer_duration")]
)
def test_a_timer_whose_text_turns_out_wrong_when_it_begins_leaves_the_case_as_it_was(
    office: TimedOffice, timer: str, code: str
) -> None:
    case = office.start(
        "start mulai\nuser kerja formRef=isi\nmanual lanjut\nend selesai\nend lewat\n"
        f"boundary ingat on=lanjut {timer}=${{catatan}} keeps=true\n"
        "mulai -> kerja\nkerja -> lanjut\nlanjut -> selesai\ningat -> lewat"
    )
    with pytest.raises(ExecutionFailed) as refused:
        office.complete(case, catatan="R/PT10S")
    assert (refused.value.code, refused.value.params["element"]) == (code, "ingat")
    assert office.open(case) == ["kerja"]
    good = {"cycle": "R2/PT1H", "duration": "PT1H"}[timer]
    office.complete(case, catatan=good)
    assert office.waiting() == [("timer", START + HOUR)]


def test_a_timer_says_in_the_history_when_it_will_come(office: TimedOffice) -> None:
    case = office.start(REMINDED.format("R3/P1D"))
    told = [r.event for r in office.records(case) if isinstance(r.event, TimerScheduled)]
    assert [(e.element, e.due, e.left) for e in told] == [("ingat", as_text(START + DAY), 2)]


def test_a_process_begins_by_itself_at_its_time_in_the_agencys_zone(office: TimedOffice) -> None:
    office.deploy(MORNINGS)
    eight = datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert office.waiting() == [("start_timer", eight)]
    assert office.pass_by(DAY) == 1
    assert office.waiting() == [("start_timer", eight + DAY)]
    (case,) = office.list_cases()
    assert office.open(case) == ["kerja"]
    started, fired = (record.event for record in office.records(case)[:2])
    assert isinstance(started, InstanceStarted)
    assert office.records(case)[0].by.person == ""
    assert fired == office.fired(case)[0]
    assert (fired.token, fired.element, fired.due) == (0, "mulai", as_text(eight))


def test_a_year_of_missed_starts_begins_one_case(office: TimedOffice) -> None:
    office.deploy(MORNINGS)
    assert office.pass_by(YEAR) == 1
    (case,) = office.list_cases()
    assert [f.missed for f in office.fired(case)] == [364]


def test_each_start_of_a_counted_cycle_begins_a_case(office: TimedOffice) -> None:
    office.deploy(MORNINGS.replace('"0 0 8 * * ?"', "R2/P1M"))
    assert office.pass_by(YEAR) == 2
    assert len(office.list_cases()) == 2
    assert office.waiting() == []


def test_a_new_version_takes_the_place_of_the_old_ones_timer(office: TimedOffice) -> None:
    office.deploy(MORNINGS)
    office.clock.advance(DAY)
    held = office.claim()
    (second,) = office.deploy(MORNINGS.replace("0 0 8", "0 0 9")).new
    with pytest.raises(LeaseLost):
        office.runtime.fire_start(held[0])
    assert office.list_cases() == []
    assert office.pass_by(DAY) == 1
    (case,) = office.list_cases()
    started = office.records(case)[0].event
    assert isinstance(started, InstanceStarted)
    assert started.definition == second.id


def test_a_version_that_stays_in_force_keeps_its_timer(office: TimedOffice) -> None:
    office.deploy(MORNINGS)
    before = office.waiting()
    office.clock.advance(HOUR)
    assert office.deploy(MORNINGS).new == ()
    assert office.waiting() == before


def test_a_version_without_timer_begins_nothing_by_itself(office: TimedOffice) -> None:
    office.deploy(MORNINGS)
    office.deploy(ENDED)
    assert office.pass_by(YEAR) == 0
    assert office.list_cases() == []


def test_a_start_that_has_passed_is_a_warning_and_begins_nothing(office: TimedOffice) -> None:
    prepared = office.deploy(MORNINGS.replace('cycle="0 0 8 * * ?"', "date=2026-01-01"))
    assert [(f.code, f.element_id) for f in prepared.findings] == [("timer_start_past", "mulai")]
    assert office.pass_by(YEAR) == 0


def test_a_process_that_begins_by_itself_can_be_begun_by_hand_too(office: TimedOffice) -> None:
    case = office.start(MORNINGS)
    assert office.open(case) == ["kerja"]
    assert office.fired(case) == []


def _state(office: TimedOffice, case: InstanceId) -> InstanceState:
    return office.store.transact(lambda tx: tx.get_instance(case)).state
