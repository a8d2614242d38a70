"""Commands on an agency's calendar: its years, hours, seasons and rules. Each leaves the job that moves the deadlines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine import permission
from engine.actor import Signature
from engine.calendar import CalendarYear, DayKind, week_text
from engine.calendar.check import (
    expect_reminder,
    expect_season,
    expect_week,
    expect_year,
    expect_zone,
)
from engine.chain import append
from engine.commands.commands import Commands
from engine.commands.people import was_carried_out
from engine.deadline import recount_job
from engine.errors import Conflict, NotFound, WrongState
from engine.history import (
    AgencyZoneChanged,
    CalendarDayDropped,
    CalendarDaySaved,
    CalendarSeasonDropped,
    CalendarSeasonSaved,
    CalendarYearConfirmed,
    CalendarYearDoubted,
    DeadlineRulesChanged,
    WorkingHoursChanged,
)
from engine.office.texts import name_of
from engine.store import AgencyChanges, WaitChanges

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import TypeAlias

    from engine.actor import Actor
    from engine.calendar import AgencyCalendar, Day, Season, Week
    from engine.history import HistoryEvent
    from engine.ids import RequestId
    from engine.store import Transaction

    Change: TypeAlias = "tuple[AgencyCalendar, tuple[HistoryEvent, ...]]"


class CalendarCommands(Commands):
    """Save and drop days, confirm years, set hours, seasons and rules.

    `seen` is the revision of the calendar that the sender saw; Conflict is raised when there is another one meanwhile.
    Everything raises NotAllowed (`not_administrator`) for who is none, as `people.PeopleCommands`.
    """

    def save_days(
        self, days: tuple[Day, ...], *, actor: Actor, request: RequestId, seen: int
    ) -> None:
        """Let dates not be like their weekdays. Raises InvalidSubmission for one without a name or out of reach."""
        named = tuple(replace(day, name=name_of(day.name)) for day in days)
        for day in named:
            expect_year(day.on.year)

        def change(calendar: AgencyCalendar) -> Change:
            after = calendar
            for day in named:
                year = after.year(day.on.year)
                others = (other for other in year.days if other.on != day.on)
                kept = tuple(sorted((*others, day), key=lambda each: each.on))
                after = _with_year(after, replace(year, days=kept))
            return after, tuple(_saved(day) for day in named)

        self._change_calendar(change, actor, request, seen)

    def drop_day(self, on: date, *, actor: Actor, request: RequestId, seen: int) -> None:
        """Let a date be like its weekday again. Raises NotFound when it is already."""

        def change(calendar: AgencyCalendar) -> Change:
            year = calendar.year(on.year)
            day = next((day for day in year.days if day.on == on), None)
            if day is None:
                raise _nothing("day", on.isoformat())
            kept = tuple(other for other in year.days if other.on != on)
            event = CalendarDayDropped(on=on.isoformat(), name=day.name)
            return _with_year(calendar, replace(year, days=kept)), (event,)

        self._change_calendar(change, actor, request, seen)

    def confirm_year(
        self, year: int, *, is_confirmed: bool, actor: Actor, request: RequestId, seen: int
    ) -> None:
        """Confirm a year's days, or let it be an estimate again. Raises WrongState when it is so already."""
        expect_year(year)

        def change(calendar: AgencyCalendar) -> Change:
            found = calendar.year(year)
            if found.is_confirmed == is_confirmed:
                raise WrongState(
                    f"Expected {year} to be otherwise, but it is so", code="year_confirmed_already"
                )
            after = _with_year(calendar, replace(found, is_confirmed=is_confirmed))
            return after, (_confirmed(found) if is_confirmed else CalendarYearDoubted(year=year),)

        self._change_calendar(change, actor, request, seen)

    def save_hours(self, week: Week, *, actor: Actor, request: RequestId, seen: int) -> None:
        """Set the hours of the usual week. Raises InvalidSubmission (`week_empty`) for one without work."""
        expect_week(week)

        def change(calendar: AgencyCalendar) -> Change:
            return replace(calendar, week=week), (WorkingHoursChanged(week=week_text(week)),)

        self._change_calendar(change, actor, request, seen)

    def save_season(self, season: Season, *, actor: Actor, request: RequestId, seen: int) -> None:
        """Let some days have other hours; a season that begins on the same day is replaced. Raises InvalidSubmission."""
        season = replace(season, name=name_of(season.name))

        def change(calendar: AgencyCalendar) -> Change:
            others = tuple(each for each in calendar.seasons if each.first != season.first)
            expect_season(season, others)
            kept = tuple(sorted((*others, season), key=lambda each: each.first))
            event = CalendarSeasonSaved(
                first=season.first.isoformat(),
                last=season.last.isoformat(),
                name=season.name,
                week=week_text(season.week),
            )
            return replace(calendar, seasons=kept), (event,)

        self._change_calendar(change, actor, request, seen)

    def drop_season(self, first: date, *, actor: Actor, request: RequestId, seen: int) -> None:
        """Let the days of a season have the usual hours again. Raises NotFound."""

        def change(calendar: AgencyCalendar) -> Change:
            gone = next((each for each in calendar.seasons if each.first == first), None)
            if gone is None:
                raise _nothing("season", first.isoformat())
            kept = tuple(each for each in calendar.seasons if each is not gone)
            event = CalendarSeasonDropped(first=first.isoformat(), name=gone.name)
            return replace(calendar, seasons=kept), (event,)

        self._change_calendar(change, actor, request, seen)

    def save_rules(  # noqa: PLR0913 - three rules, and what every command carries
        self,
        zone: str,
        reminds_before: int,
        *,
        escalates: bool,
        actor: Actor,
        request: RequestId,
        seen: int,
    ) -> None:
        """Set the office's zone, and whom its deadlines are told to. Raises InvalidSubmission for a zone outside Indonesia."""
        expect_zone(zone)
        expect_reminder(reminds_before)

        def change(calendar: AgencyCalendar) -> Change:
            told = (reminds_before, escalates)
            events: list[HistoryEvent] = []
            if zone != calendar.zone:
                events.append(AgencyZoneChanged(zone=zone, previous=calendar.zone))
            if told != (calendar.reminds_before, calendar.escalates) or not events:
                events.append(
                    DeadlineRulesChanged(reminds_before=reminds_before, escalates=escalates)
                )
            after = replace(calendar, zone=zone, reminds_before=reminds_before, escalates=escalates)
            return after, tuple(events)

        self._change_calendar(change, actor, request, seen)

    def _change_calendar(
        self,
        change: Callable[[AgencyCalendar], Change],
        actor: Actor,
        request: RequestId,
        seen: int,
    ) -> None:
        def work(tx: Transaction) -> None:
            permission.expect_administrator(tx.get_roster(actor.agency), actor)
            if was_carried_out(tx, request, actor):
                return
            head = tx.get_agency_head(actor.agency)
            old = tx.get_calendar(actor.agency)
            if old.revision != seen:
                raise Conflict(
                    f"Expected the calendar at revision {seen}, but it is at {old.revision}",
                    code="calendar_changed",
                )
            new, events = change(old)
            new = replace(new, revision=old.revision + 1)
            by = Signature.of(actor)
            records, head = append(head, events, at=self._now(), by=by, request=request)
            job = recount_job(new, self._clock.now())
            waits = WaitChanges(jobs=(job,))
            tx.save_agency(AgencyChanges(head=head, records=records, calendar=new, waits=waits))

        self._store.transact(work)


def _with_year(calendar: AgencyCalendar, year: CalendarYear) -> AgencyCalendar:
    return replace(calendar, years={**calendar.years, year.year: year})


def _saved(day: Day) -> CalendarDaySaved:
    return CalendarDaySaved(on=day.on.isoformat(), kind=day.kind, name=day.name)


def _confirmed(year: CalendarYear) -> CalendarYearConfirmed:
    days = tuple(f"{day.on} {day.kind}" for day in year.days if day.kind is not DayKind.OPEN)
    return CalendarYearConfirmed(year=year.year, days=days)


def _nothing(what: str, which: str) -> NotFound:
    return NotFound(f"Expected a {what} {which}, but there is none", code="not_found", what=what)
