"""What is found when a package is put in force, beside the rules: nobody there to do it, times over, messages taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.alternative import is_closed
from engine.answer import is_answerable, recorder_of
from engine.ids import LaneId
from engine.link import ONLY
from engine.named_people import nobody_named
from engine.process import DONE_BY_PEOPLE, DONE_BY_PROGRAMS, ElementKind
from engine.rule import Finding, Severity
from engine.start_message import taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from engine.gate import Examined
    from engine.office import Roster
    from engine.process import Element, Lane, Process
    from engine.start_timer import StartTimers
    from engine.store import Definition


_MOST_SAID = 200
"""Characters of refused names that are said again."""


def nothing_to_do(examined: Examined) -> Iterable[Finding]:
    """Find a package of forms alone: a form is put in force with the map that uses it."""
    if not examined.sources and not examined.decisions.brought:
        yield Finding(severity=Severity.ERROR, code="package_empty", file="", rule="package")


def workers(process: Process) -> Iterable[LaneId]:
    """Give the lanes that work in cases of a process, recorders too."""
    for element in process.elements.values():
        lane = process.worker_of(element)
        if lane is not None and element.kind in DONE_BY_PEOPLE | DONE_BY_PROGRAMS:
            yield lane.id
        recorder = recorder_of(process, element) if is_answerable(element) else None
        if recorder is not None:
            yield recorder.id


def starters(process: Process) -> Iterable[LaneId]:
    """Give the lanes whose holders may start a case by hand."""
    if process.properties.get(ONLY) == "ya" or is_closed(process) or not process.startable:
        return
    for element in process.inside(""):
        lane = process.worker_of(element)
        if lane is not None and element.kind is ElementKind.START_EVENT:
            yield lane.id


def at(
    severity: Severity, code: str, file: str, place: Element | Lane, /, **params: object
) -> Finding:
    """Find something at an element or lane of a file."""
    return Finding(
        severity=severity,
        code=code,
        file=file,
        line=place.line,
        element_id=place.id,
        element_name=place.name,
        params=params,
    )


def nobody_there(examined: Examined, roster: Roster, now: datetime) -> Iterable[Finding]:
    """Find what lies on nobody's desk: lanes that no post stands for, starters and people of steps that are not there."""
    yield from _unheld(examined, roster)
    yield from _unknown_starters(examined, roster)
    yield from nobody_named(examined.executable(), roster, now)


def _unheld(examined: Examined, roster: Roster) -> Iterable[Finding]:
    """Find the lanes with work or a start for which no post of the agency stands: it would lie on nobody's desk."""
    held = frozenset[LaneId]().union(*(entry.post.lanes for entry in roster.list_posts()))
    for source, process in examined.executable():
        for lane in sorted({*workers(process), *starters(process)} - held):
            found = process.lanes[lane]
            yield at(Severity.WARNING, "lane_unheld", source.file, found)


def _unknown_starters(examined: Examined, roster: Roster) -> Iterable[Finding]:
    """Find posts, units and logins that are named as starters of a process and that the agency does not have."""
    posts = {entry.post.id for entry in roster.list_posts()}
    for source, process in examined.executable():
        groups = (g for g in process.starter_groups if g not in posts and g not in roster.units)
        persons = (p for p in process.starter_persons if roster.find_login(p) is None)
        if unknown := [*groups, *persons]:
            names = ", ".join(unknown)[:_MOST_SAID]
            yield Finding(
                severity=Severity.WARNING,
                code="starter_unknown",
                file=source.file,
                line=process.line,
                element_id=process.key,
                element_name=process.name,
                params={"names": names},
            )


def taken_starts(
    new: tuple[Definition, ...],
    processes: Mapping[str, Process],
    holders: Callable[[str], Iterable[str]],
) -> Iterable[Finding]:
    """Find start events whose message begins cases of another process."""
    for definition, element, other in taken(new, processes, holders):
        yield at(
            Severity.ERROR,
            "message_start_taken",
            definition.resource,
            element,
            name="" if element.trigger is None else element.trigger.name,
            other=other,
        )


def past_starts(starts: StartTimers) -> Iterable[Finding]:
    """Find the start timers whose times are all over."""
    for definition, element in starts.past:
        yield at(
            Severity.WARNING,
            "timer_start_past",
            definition.resource,
            element,
            text="" if element.trigger is None else element.trigger.text,
        )
