"""From a package of files to the versions that will be in force, each tried out before it is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from engine.alternative import is_closed, is_in_force
from engine.answer import FORM, is_answerable, recorder_of
from engine.gate import Refused, examine
from engine.ids import DefinitionId, DeploymentId, LaneId
from engine.link import ONLY
from engine.process import DONE_BY_PEOPLE, DONE_BY_PROGRAMS, ElementKind
from engine.rule import Finding, Severity
from engine.start_message import start_subscriptions, taken
from engine.start_timer import StartTimers, start_timers
from engine.store import Definition
from engine.trial import trial_of, try_out
from engine.wait import WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from engine.actor import Agency
    from engine.decision.stored import DecisionRef, StoredDecision
    from engine.gate import Examined
    from engine.ids import AgencyId, Ids
    from engine.message import Subscription
    from engine.office import Roster
    from engine.package_decisions import StoredDecisions
    from engine.process import Element, Lane, Process
    from engine.source import Source


class Versions(Protocol):
    """What is in force already, and who is there to do what."""

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        """Give the newest version of an agency's process."""
        ...

    def get_definition(self, definition: DefinitionId) -> Definition:
        """Give a version of a process."""
        ...

    def find_decision(
        self, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
    ) -> StoredDecision | None:
        """Give the version of an agency's decision that a drawing of this deployment means."""
        ...

    def get_roster(self, agency: AgencyId) -> Roster:
        """Give the agency's posts with the lanes that they stand for."""
        ...

    def get_agency(self, agency: AgencyId) -> Agency:
        """Give the agency."""
        ...

    def list_subscriptions(
        self, agency: AgencyId, kind: WaitKind, name: str, key: str | None
    ) -> tuple[Subscription, ...]:
        """Give who waits for a message or signal."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The versions of a package's executable processes, and which of them are new; `findings` are only warnings.

    `start_timers` is what the new ones do to the timers of start events, `start_subscriptions` what theirs wait for. `decisions`
    are the versions of the package's decisions, new and kept.
    """

    definitions: tuple[Definition, ...]
    new: tuple[Definition, ...]
    findings: tuple[Finding, ...]
    start_timers: StartTimers
    start_subscriptions: tuple[Subscription, ...]
    decisions: StoredDecisions


def prepare(
    package: Mapping[str, bytes], *, agency: AgencyId, versions: Versions, ids: Ids, now: datetime
) -> Prepared:
    """Give the versions that a package brings; nothing is stored. Raises Refused with all findings.

    A process whose digest is that of the version in force, and which calls nothing new of the package, keeps its version.
    """
    examined = examine(
        package,
        is_known=lambda key: is_in_force(versions.find_latest(agency, key)),
        in_force=lambda reference: versions.find_decision(agency, reference, _NO_DEPLOYMENT),
    )
    if examined.errors:
        raise Refused(examined.findings)
    deploying = _Deploying(package, examined, agency, versions, ids)
    decisions = examined.decisions.stored(agency, deploying.deployment, package, ids, now)
    definitions = deploying.definitions(now)
    new = tuple(d for d in definitions if d.deployment == deploying.deployment)
    processes = {process.key: process for _, process in examined.executable()}

    def holders(message: str) -> Iterable[str]:
        found = versions.list_subscriptions(agency, WaitKind.MESSAGE, message, "")
        return (each.process for each in found if each.process)

    trial = trial_of(decisions, processes, agency, versions)
    failures = (*_taken(new, processes, holders), *try_out(new, processes, versions, trial))
    if failures:
        raise Refused(examined.findings + failures)
    unheld = tuple(_unheld(examined, versions.get_roster(agency)))
    zone = ZoneInfo(versions.get_agency(agency).zone)
    starts = start_timers(new, processes, now=now, zone=zone)
    return Prepared(
        definitions=definitions,
        new=new,
        findings=examined.findings + unheld + tuple(_past(starts)),
        start_timers=starts,
        start_subscriptions=start_subscriptions(new, processes, now),
        decisions=decisions,
    )


_NO_DEPLOYMENT = DeploymentId("")
"""That of a drawing which is not deployed yet: what is in force was brought by others."""


class _Deploying:
    def __init__(
        self,
        package: Mapping[str, bytes],
        examined: Examined,
        agency: AgencyId,
        versions: Versions,
        ids: Ids,
    ) -> None:
        self.deployment = DeploymentId(ids.new())
        self._package = package
        self._agency = agency
        self._versions = versions
        self._forms = examined.form_files
        self._decisions = examined.decisions
        self._processes = {p.key: (s, p) for s, p in examined.executable()}
        self._digests = {k: self._digest(s, p) for k, (s, p) in self._processes.items()}
        self._in_force = {k: versions.find_latest(agency, k) for k in self._processes}
        changed = self._changed()
        self._pinned: dict[str, DefinitionId] = {}
        for key, latest in self._in_force.items():
            kept = latest is not None and key not in changed
            self._pinned[key] = latest.id if latest and kept else DefinitionId(ids.new())

    def definitions(self, now: datetime) -> tuple[Definition, ...]:
        """Give the version of each process: the one in force when nothing changed, else a new one."""
        return tuple(self._definition(key, now) for key in self._processes)

    def _digest(self, source: Source, process: Process) -> str:
        """Hash the drawing, the forms that the process names and the decisions bound to it (docs/history-format.md)."""
        parts = [hashlib.sha256(self._package[source.file]).hexdigest()]
        for form in sorted(_form_ids(process)):
            parts += [form, hashlib.sha256(self._forms[form]).hexdigest()]
        for key, digest in sorted(self._decisions.bound(process).items()):
            parts += [key, digest]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _changed(self) -> set[str]:
        changed = {
            key
            for key, latest in self._in_force.items()
            if latest is None or latest.digest != self._digests[key]
        }
        while grown := {
            key
            for key, (_, process) in self._processes.items()
            if key not in changed and changed & set(_called(process))
        }:
            changed |= grown
        return changed

    def _definition(self, key: str, now: datetime) -> Definition:
        source, process = self._processes[key]
        latest = self._in_force[key]
        if latest is not None and latest.id == self._pinned[key]:
            return latest
        return Definition(
            id=self._pinned[key],
            deployment=self.deployment,
            agency=self._agency,
            key=key,
            version=1 if latest is None else latest.version + 1,
            name=process.name,
            digest=self._digests[key],
            resource=source.file,
            source=self._package[source.file],
            forms={form: self._forms[form] for form in _form_ids(process)},
            calls={called: self._pin(called) for called in _called(process)},
            lanes=self._lanes(key, frozenset()),
            starters=frozenset(_starters(process)),
            deployed_at=now,
        )

    def _lanes(self, key: str, above: frozenset[str]) -> frozenset[LaneId]:
        """Give the lanes that work in cases of a process, those of the processes it calls with them."""
        if key not in self._processes:
            latest = self._versions.find_latest(self._agency, key)
            return frozenset() if latest is None else latest.lanes
        process = self._processes[key][1]
        called = (c for c in _called(process) if c not in above)
        return frozenset(_workers(process)).union(*(self._lanes(c, above | {key}) for c in called))

    def _pin(self, called: str) -> DefinitionId:
        if called in self._pinned:
            return self._pinned[called]
        latest = self._versions.find_latest(self._agency, called)
        if latest is None:
            raise KeyError(f"Expected the gate to refuse a call to {called}, but it did not")
        return latest.id


def _form_ids(process: Process) -> list[str]:
    named = ((e.form, e.properties.get(FORM, "")) for e in process.elements.values())
    return list(dict.fromkeys(form for pair in named for form in pair if form))


def _called(process: Process) -> list[str]:
    return list(dict.fromkeys(e.calls for e in process.elements.values() if e.calls))


def _workers(process: Process) -> Iterable[LaneId]:
    for element in process.elements.values():
        lane = process.worker_of(element)
        if lane is not None and element.kind in DONE_BY_PEOPLE | DONE_BY_PROGRAMS:
            yield lane.id
        recorder = recorder_of(process, element) if is_answerable(element) else None
        if recorder is not None:
            yield recorder.id


def _starters(process: Process) -> Iterable[LaneId]:
    if process.properties.get(ONLY) == "ya" or is_closed(process):
        return
    for element in process.inside(""):
        lane = process.worker_of(element)
        if lane is not None and element.kind is ElementKind.START_EVENT:
            yield lane.id


def _at(
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


def _unheld(examined: Examined, roster: Roster) -> Iterable[Finding]:
    """Find the lanes with work or a start for which no post of the agency stands: it would lie on nobody's desk."""
    held = frozenset[LaneId]().union(*(entry.post.lanes for entry in roster.list_posts()))
    for source, process in examined.executable():
        for lane in sorted({*_workers(process), *_starters(process)} - held):
            found = process.lanes[lane]
            yield _at(Severity.WARNING, "lane_unheld", source.file, found)


def _taken(
    new: tuple[Definition, ...],
    processes: Mapping[str, Process],
    holders: Callable[[str], Iterable[str]],
) -> Iterable[Finding]:
    """Find start events whose message begins cases of another process."""
    for definition, element, other in taken(new, processes, holders):
        yield _at(
            Severity.ERROR,
            "message_start_taken",
            definition.resource,
            element,
            name="" if element.trigger is None else element.trigger.name,
            other=other,
        )


def _past(starts: StartTimers) -> Iterable[Finding]:
    """Find the start timers whose times are all over."""
    for definition, element in starts.past:
        yield _at(
            Severity.WARNING,
            "timer_start_past",
            definition.resource,
            element,
            text="" if element.trigger is None else element.trigger.text,
        )
