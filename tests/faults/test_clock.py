"""The machine's clock jumps: no timer is lost or fires twice, and the history keeps its order by number (A9)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from engine_maps import drawn

from engine.actor import Signature
from engine.chain import instance_chain
from engine.clock import from_text
from engine.history import TimerFired
from engine.ids import AgencyId, InstanceId, PersonId
from engine.job import JobKind, LeaseLost
from engine.office import NO_PASSWORD
from engine.store import Registration
from engine.testing import example_office, example_post
from storage.history import read_chain

if TYPE_CHECKING:
    from contest_kit import Arena

    from engine.chain import Record

DAY, YEAR = timedelta(days=1), timedelta(days=365)
BEGUN = datetime(2027, 3, 26, 3, tzinfo=UTC)
"""Two days before summer time begins in Berlin."""

LINES = (
    "start mulai\nmanual tunggu\nboundary sekali on=tunggu duration=P2D keeps=true\n"
    'boundary harian on=tunggu cycle="0 30 2 * * ?" keeps=true\n'
    "manual ingat\nend selesai\nend cukup\nmulai -> tunggu\ntunggu -> selesai\n"
    "sekali -> ingat\nharian -> cukup\ningat -> cukup"
)
"""A task with a length of two days and with a moment of every day: half past two, which Berlin skips once in spring."""

ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Berlin"]


class Watch:
    """A case in an agency of a zone, on the arena's database, whose clock is moved."""

    def __init__(self, arena: Arena, zone: str) -> None:
        self.arena, self.zone = arena, ZoneInfo(zone)
        arena.clock.set(BEGUN - DAY)
        name = f"kantor-{arena.request()}"
        office = example_office(example_post("staf", "petugas"), agency=name)
        agency = dataclasses.replace(office.agency, zone=zone)
        arena.runtime.set_up(dataclasses.replace(office, agency=agency))
        person = Registration(
            person=PersonId(name),
            agency=AgencyId(name),
            login=name,
            name="Petugas",
            posts=(example_post("staf").id,),
            roles=frozenset(),
            password_hash=NO_PASSWORD,
        )
        arena.runtime.register(person, by=Signature.of_system())
        files = {"jam.bpmn": drawn(LINES, key="jam")}
        (definition,) = arena.runtime.deploy(files, agency=AgencyId(name), by=Signature.of_system())
        arena.clock.set(BEGUN)
        self.case: InstanceId = arena.runtime.start(
            definition.id, actor=arena.actor(name), request=arena.request()
        )

    def at(self, moment: datetime) -> None:
        """Set the clock and let a worker do what is due, twice over: once with the old job in its hand."""
        self.arena.clock.set(moment)
        while jobs := self.arena.parts.jobs.claim({JobKind.TIMER}, 10):
            for job in jobs:
                self.arena.runtime.fire_timer(job)
                with pytest.raises(LeaseLost):
                    self.arena.runtime.fire_timer(job)

    def records(self) -> tuple[Record, ...]:
        """Give the history of the case, after a look at its chain."""
        self.arena.events(self.case)
        chain = instance_chain(self.case)
        return self.arena.database.read(lambda c: read_chain(c, chain))

    def fired(self, element: str) -> list[datetime]:
        """Give for which moments an event's timer fired, as the zone's clocks show them."""
        events = [record.event for record in self.records()]
        found = [e for e in events if isinstance(e, TimerFired) and e.element == element]
        return [from_text(event.due).astimezone(self.zone) for event in found]


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_that_passes_at_once_fires_what_was_due_once(arena: Arena, zone: str) -> None:
    watch = Watch(arena, zone)
    watch.at(BEGUN + YEAR)
    assert len(watch.fired("sekali")) == 1
    assert len(watch.fired("harian")) == 1, "missed days are one"
    watch.at(BEGUN + YEAR + DAY)
    assert len(watch.fired("harian")) == 2


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_that_goes_back_fires_nothing_again(arena: Arena, zone: str) -> None:
    watch = Watch(arena, zone)
    watch.at(BEGUN + 3 * DAY)
    before = len(watch.records())
    for moment in (BEGUN + 2 * DAY, BEGUN - DAY, BEGUN + 3 * DAY):
        watch.at(moment)
    assert len(watch.records()) == before
    watch.at(BEGUN + 4 * DAY)
    assert len(watch.fired("sekali")) == 1
    doubled = [day for day, times in Counter(watch.fired("harian")).items() if times > 1]
    assert not doubled


@pytest.mark.parametrize("zone", ZONES)
def test_a_step_in_the_middle_of_a_timer_neither_loses_nor_doubles_it(
    arena: Arena, zone: str
) -> None:
    watch = Watch(arena, zone)
    for hours in (20, 46, 30, 46):  # two days are 47 hours over the beginning of summer time
        watch.at(BEGUN + timedelta(hours=hours))
    assert watch.fired("sekali") == []
    watch.at(BEGUN + timedelta(hours=48))
    watch.at(BEGUN + timedelta(hours=45))
    watch.at(BEGUN + timedelta(hours=49))
    assert len(watch.fired("sekali")) == 1
    numbers = [record.seq for record in watch.records()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("zone", ZONES)
def test_each_day_has_its_moment_once_hour_by_hour(arena: Arena, zone: str) -> None:
    watch = Watch(arena, zone)
    for hour in range(24 * 5):
        watch.at(BEGUN + timedelta(hours=hour))
    days = Counter(moment.date() for moment in watch.fired("harian"))
    first = BEGUN.astimezone(watch.zone).date()
    assert set(days.values()) == {1}
    assert days.keys() == {first + n * DAY for n in range(1, 6)}
