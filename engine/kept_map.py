"""Processes that are only drawn: their maps are kept as they came, with what is missing to make them run (DESIGN.md 5.2)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.gate import examine
from engine.ids import MapId
from engine.rule import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from engine.gate import Examined
    from engine.ids import AgencyId, DeploymentId, Ids
    from engine.process import Process
    from engine.source import Source
    from engine.store import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMap:
    """One version of a process that is only drawn: the file byte for byte. `digest` is its SHA-256.

    A version of the same process that is put in force later takes its place; one that is in force already stays so.
    """

    id: MapId
    deployment: DeploymentId
    agency: AgencyId
    key: str
    version: int
    name: str
    digest: str
    resource: str
    source: bytes
    deployed_at: datetime


class Known(Protocol):
    """What is kept and in force already."""

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        """Give the newest version of an agency's process."""
        ...

    def find_map(self, agency: AgencyId, key: str) -> KeptMap | None:
        """Give the newest map of an agency's process that is only drawn."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """A deployment of an agency that brings maps."""

    deployment: DeploymentId
    agency: AgencyId
    known: Known
    ids: Ids
    now: datetime

    def maps(self, examined: Examined, package: Mapping[str, bytes]) -> tuple[KeptMap, ...]:
        """Give the maps that a package brings and that are not kept already as they are."""
        found = (self._map(s, p, package[s.file]) for s, p in examined.drawn())
        return tuple(each for each in found if each is not None)

    def warnings(self, examined: Examined) -> Iterator[Finding]:
        """Find maps of processes that are in force: they go on running as before."""
        for source, process in examined.drawn():
            latest = self.known.find_latest(self.agency, process.key)
            if latest is not None:
                yield Finding(
                    severity=Severity.WARNING,
                    code="map_of_running",
                    file=source.file,
                    line=process.line,
                    element_id=process.key,
                    element_name=process.name,
                    params={"version": latest.version},
                    rule="executable",
                )

    def _map(self, source: Source, process: Process, content: bytes) -> KeptMap | None:
        """Give the new version of a map, None where the newest one is the same file."""
        digest = hashlib.sha256(content).hexdigest()
        before = self.known.find_map(self.agency, process.key)
        if before is not None and before.digest == digest:
            return None
        return KeptMap(
            id=MapId(self.ids.new()),
            deployment=self.deployment,
            agency=self.agency,
            key=process.key,
            version=1 if before is None else before.version + 1,
            name=process.name,
            digest=digest,
            resource=source.file,
            source=content,
            deployed_at=self.now,
        )


def what_is_missing(kept: KeptMap, *, is_known: Callable[[str], bool]) -> tuple[Finding, ...]:
    """Give what keeps a map from running, as the rules of today say; forms and decisions are never kept with a map."""
    examined = examine({kept.resource: kept.source}, is_known=is_known)
    (file,) = examined.report().files
    process = next(each for each in file.processes if each.key == kept.key)
    return tuple(f for f in file.findings if f.element_id in {kept.key, *process.elements})
