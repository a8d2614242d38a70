"""From a package of files to the versions that will be in force, each tried out before it is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from engine.alternative import is_in_force
from engine.answer import FORM
from engine.call_ref import calls_of
from engine.decision.stored import Binding
from engine.deployment_findings import (
    at,
    nobody_there,
    nothing_to_do,
    past_starts,
    starters,
    taken_starts,
    workers,
)
from engine.gate import Refused, examine
from engine.ids import DefinitionId, DeploymentId
from engine.kept_map import Keeping
from engine.rule import Severity
from engine.start_message import start_subscriptions
from engine.start_timer import StartTimers, start_timers
from engine.store import Definition
from engine.trial import trial_of, try_out
from engine.version import find_called, means_brought
from engine.wait import WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from engine.actor import Agency
    from engine.call_ref import CallRef
    from engine.decision.stored import DecisionRef, StoredDecision
    from engine.gate import Examined
    from engine.ids import AgencyId, Ids, LaneId
    from engine.kept_map import KeptMap
    from engine.message import Subscription
    from engine.office import Roster
    from engine.package_decisions import StoredDecisions
    from engine.process import Process
    from engine.rule import Finding
    from engine.source import Source
    from engine.verdict import Report
    from engine.version import Version


class Versions(Protocol):
    """What is in force already, and who is there to do what."""

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        """Give the newest version of an agency's process."""
        ...

    def list_versions(self, agency: AgencyId, key: str) -> tuple[Version, ...]:
        """Give the versions of an agency's process, the newest first."""
        ...

    def get_definition(self, definition: DefinitionId) -> Definition:
        """Give a version of a process."""
        ...

    def find_decision(
        self, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
    ) -> StoredDecision | None:
        """Give the version of an agency's decision that a drawing of this deployment means."""
        ...

    def find_map(self, agency: AgencyId, key: str) -> KeptMap | None:
        """Give the newest map of an agency's process that is only drawn."""
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
    are the versions of the package's decisions, new and kept; `maps` new ones of its processes that are only drawn. `report` says it
    file by file.
    """

    definitions: tuple[Definition, ...]
    new: tuple[Definition, ...]
    findings: tuple[Finding, ...]
    start_timers: StartTimers
    start_subscriptions: tuple[Subscription, ...]
    decisions: StoredDecisions
    maps: tuple[KeptMap, ...]
    report: Report


def prepare(  # noqa: PLR0913 - what a deployment depends on
    package: Mapping[str, bytes],
    *,
    agency: AgencyId,
    versions: Versions,
    ids: Ids,
    now: datetime,
    watch: Callable[[str], None] = lambda _file: None,
) -> Prepared:
    """Give the versions that a package brings; nothing is stored. Raises Refused with all findings.

    `watch` is told each file before it is looked at or tried out.
    A process whose digest is that of the version in force, and which calls nothing new of the package, keeps its version.
    """
    examined = examine(
        package,
        is_known=lambda key: is_in_force(versions.find_latest(agency, key)),
        in_force=lambda reference: versions.find_decision(agency, reference, _NO_DEPLOYMENT),
        versions_of=lambda key: versions.list_versions(agency, key),
        watch=watch,
    )
    return prepare_examined(
        examined, package, agency=agency, versions=versions, ids=ids, now=now, watch=watch
    )


def prepare_examined(  # noqa: PLR0913 - what a deployment depends on
    examined: Examined,
    package: Mapping[str, bytes],
    *,
    agency: AgencyId,
    versions: Versions,
    ids: Ids,
    now: datetime,
    watch: Callable[[str], None],
) -> Prepared:
    """Give the versions that a package brings that was looked at. Raises Refused with all findings."""
    _expect_sound(examined)
    deploying = _Deploying(package, examined, agency, versions, ids)
    deploying.expect_resolved()
    decisions = examined.decisions.stored(agency, deploying.deployment, package, ids, now)
    definitions = deploying.definitions(now)
    new = tuple(d for d in definitions if d.deployment == deploying.deployment)
    processes = {process.key: process for _, process in examined.executable()}
    trial = trial_of(decisions, processes, agency, versions)
    tried = try_out(new, processes, versions, trial, watch)
    taken = taken_starts(new, processes, lambda message: _holders(versions, agency, message))
    if failures := tuple(replace(each, rule="trial") for each in (*taken, *tried)):
        raise Refused(examined.findings + failures, examined.report(*failures))
    zone = ZoneInfo(versions.get_agency(agency).zone)
    starts = start_timers(new, processes, now=now, zone=zone)
    keeping = Keeping(
        deployment=deploying.deployment, agency=agency, known=versions, ids=ids, now=now
    )
    office = (*nobody_there(examined, versions.get_roster(agency), now), *past_starts(starts))
    later = (*(replace(each, rule="office") for each in office), *keeping.warnings(examined))
    return Prepared(
        definitions=definitions,
        new=new,
        findings=examined.findings + later,
        start_timers=starts,
        start_subscriptions=start_subscriptions(new, processes, now),
        decisions=decisions,
        maps=keeping.maps(examined, package),
        report=examined.report(*later),
    )


def _expect_sound(examined: Examined) -> None:
    """Raise Refused when the package has errors or brings nothing."""
    if examined.errors:
        raise Refused(examined.findings, examined.report())
    if empty := tuple(nothing_to_do(examined)):
        raise Refused(empty, examined.report(*empty))


def _holders(versions: Versions, agency: AgencyId, message: str) -> Iterator[str]:
    """Give the processes in force that a message begins."""
    found = versions.list_subscriptions(agency, WaitKind.MESSAGE, message, "")
    return (each.process for each in found if each.process)


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
        self._examined = examined
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
            if key not in changed
            and any(call.key in changed and self._brings(call) for call in calls_of(process))
        }:
            changed |= grown
        return changed

    def expect_resolved(self) -> None:
        """Raise Refused when the package names versions that there are not."""
        if found := tuple(self.unresolved()):
            examined = self._examined
            raise Refused(examined.findings + found, examined.report(*found))

    def unresolved(self) -> Iterable[Finding]:
        """Find calls to the next version of a process of the package that, being as it was, keeps its version."""
        for source, process in self._processes.values():
            for element in process.elements.values():
                if element.call is not None and self._find(element.call) is None:
                    yield at(
                        Severity.ERROR,
                        "call_version_not_made",
                        source.file,
                        element,
                        process=element.call.key,
                        version=element.call.version,
                    )

    def _brings(self, call: CallRef) -> bool:
        """Tell whether a call means what this package brings, if that is new."""
        _, brought = self._processes.get(call.key, (None, None))
        return means_brought(call, brought, self._versions.list_versions(self._agency, call.key))

    def _find(self, call: CallRef) -> DefinitionId | None:
        """Give the version that a call means."""
        latest = self._in_force.get(call.key)
        is_kept = latest is not None and latest.id == self._pinned[call.key]
        by_number = call.binding is Binding.VERSION
        if self._brings(call) and not (is_kept and by_number):
            return self._pinned[call.key]
        found = find_called(call, self._versions.list_versions(self._agency, call.key))
        return None if found is None else found.id

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
            calls={call.pin: self._get(call) for call in calls_of(process)},
            lanes=self._lanes(key, frozenset()),
            starters=frozenset(starters(process)),
            deployed_at=now,
            tag=process.tag,
            starter_groups=process.starter_groups,
            starter_persons=process.starter_persons,
            retention=process.retention,
        )

    def _lanes(self, key: str, above: frozenset[str]) -> frozenset[LaneId]:
        """Give the lanes that work in cases of a process, those of the processes it calls with them."""
        process = self._processes[key][1]
        found = set(workers(process))
        for call in calls_of(process):
            if self._get(call) != self._pinned.get(call.key):
                found |= self._versions.get_definition(self._get(call)).lanes
            elif call.key not in above | {key}:
                found |= self._lanes(call.key, above | {key})
        return frozenset(found)

    def _get(self, call: CallRef) -> DefinitionId:
        found = self._find(call)
        if found is None:
            raise KeyError(f"Expected the gate to refuse a call to {call.key}, but it did not")
        return found


def _form_ids(process: Process) -> list[str]:
    named = ((e.form, e.properties.get(FORM, "")) for e in process.elements.values())
    return list(dict.fromkeys(form for pair in named for form in pair if form))
