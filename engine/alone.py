"""Looking at a package without an office: nobody knows what is in force, so what a file names elsewhere is taken to be there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.actor import Agency
from engine.call_ref import calls_of
from engine.deployment import prepare_examined
from engine.errors import NotFound
from engine.gate import Refused, examine
from engine.ids import AgencyId
from engine.office import Roster
from engine.version import means_brought

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from engine.decision.stored import DecisionRef, StoredDecision
    from engine.gate import Examined
    from engine.ids import DefinitionId, DeploymentId, Ids
    from engine.kept_map import KeptMap
    from engine.message import Subscription
    from engine.process import Process
    from engine.store import Definition
    from engine.verdict import Report
    from engine.version import Version
    from engine.wait import WaitKind

_NOBODY = AgencyId("")


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Nothing is in force and nobody is there; see `engine.deployment.Versions`."""

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:  # noqa: ARG002 - there is none
        return None

    def list_versions(self, agency: AgencyId, key: str) -> tuple[Version, ...]:  # noqa: ARG002 - there is none
        return ()

    def get_definition(self, definition: DefinitionId) -> Definition:
        raise NotFound(f"Expected version {definition}, but nothing is in force", code="not_found")

    def find_decision(
        self,
        agency: AgencyId,  # noqa: ARG002 - there is none
        reference: DecisionRef,  # noqa: ARG002 - there is none
        deployment: DeploymentId,  # noqa: ARG002 - there is none
    ) -> StoredDecision | None:
        return None

    def find_map(self, agency: AgencyId, key: str) -> KeptMap | None:  # noqa: ARG002 - there is none
        return None

    def get_roster(self, agency: AgencyId) -> Roster:
        return Roster(agency=agency, units={}, posts={}, persons={}, holdings=())

    def get_agency(self, agency: AgencyId) -> Agency:
        return Agency(id=agency, name="", zone="Asia/Jakarta")

    def list_subscriptions(
        self,
        agency: AgencyId,  # noqa: ARG002 - there is none
        kind: WaitKind,  # noqa: ARG002 - there is none
        name: str,  # noqa: ARG002 - there is none
        key: str | None,  # noqa: ARG002 - there is none
    ) -> tuple[Subscription, ...]:
        return ()


def examine_alone(
    package: Mapping[str, bytes],
    *,
    ids: Ids,
    now: datetime,
    watch: Callable[[str], None] = lambda _file: None,
) -> Report:
    """Give the verdicts over a package: by every rule, and by trying out each process that needs nothing outside it."""
    examined = examine(package, is_known=lambda _key: True, watch=watch)
    whole = _whole(examined)
    if examined.errors or not whole:
        return examined.report()
    sources = tuple(
        replace(s, processes=tuple(p for p in s.processes if p.key in whole))
        for s in examined.sources
    )
    try:
        prepare_examined(
            replace(examined, sources=sources),
            package,
            agency=_NOBODY,
            versions=_Nothing(),
            ids=ids,
            now=now,
            watch=watch,
        )
    except Refused as refused:
        return examined.report(*(f for f in refused.findings if f.rule == "trial"))
    return examined.report()


def _whole(examined: Examined) -> set[str]:
    """Give the processes whose decisions and called processes are all in the package."""
    processes = {process.key: process for _, process in examined.executable()}
    whole = {key for key, process in processes.items() if _has_decisions(process, examined)}
    while lost := {key for key in whole if not _has_calls(processes[key], processes, whole)}:
        whole -= lost
    return whole


def _has_decisions(process: Process, examined: Examined) -> bool:
    brought = examined.decisions.brought
    asked = (e.decision for e in process.elements.values() if e.decision is not None)
    return all(each.key in brought and brought[each.key].fits(each) for each in asked)


def _has_calls(process: Process, processes: Mapping[str, Process], whole: set[str]) -> bool:
    return all(
        call.key in whole and means_brought(call, processes.get(call.key), ())
        for call in calls_of(process)
    )
