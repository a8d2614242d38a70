"""The decisions of a package of files, with those in force behind them: which one a business rule task means, and its version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.decision.model import Decision
from engine.decision.stored import Binding, DecisionRef, StoredDecision
from engine.ids import DecisionId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from engine.decision import DecisionModel
    from engine.decision.model import DecisionService
    from engine.ids import AgencyId, DeploymentId, Ids
    from engine.process import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtDecision:
    """A decision of a package: its id and names in the file that it stands in, and the version that it has once deployed.

    `stored` is the version in force whose file is the same, which it then keeps. Without knowing what is in force,
    `version` is 0.
    """

    key: str
    name: str
    tag: str
    file: str
    digest: str
    model: DecisionModel
    version: int = 0
    stored: StoredDecision | None = None

    def fits(self, reference: DecisionRef) -> bool:
        """Tell whether a reference to this key means what this will be."""
        if reference.binding is Binding.VERSION:
            return reference.version == self.version
        return reference.binding is not Binding.VERSION_TAG or reference.tag == self.tag


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDecisions:
    """What decisions there are at a deployment; `in_force` finds older ones, and is None where nobody knows."""

    brought: Mapping[str, BroughtDecision] = field(default_factory=dict)
    in_force: Callable[[DecisionRef], StoredDecision | None] | None = lambda _reference: None

    def has(self, reference: DecisionRef) -> bool:
        """Tell whether there is the decision that a business rule task means; what nobody knows is taken to be there."""
        own = self.brought.get(reference.key)
        if own is not None and own.fits(reference):
            return True
        if reference.binding is Binding.DEPLOYMENT:
            return False
        return self.in_force is None or self.in_force(reference) is not None

    def bound(self, process: Process) -> dict[str, str]:
        """Give the decisions that a process asks as they were deployed with it, by id: the digest of their file."""
        asked = (e.decision for e in process.elements.values() if e.decision is not None)
        keys = {each.key for each in asked if each.binding is Binding.DEPLOYMENT}
        return {key: self.brought[key].digest for key in keys if key in self.brought}

    def stored(
        self,
        agency: AgencyId,
        deployment: DeploymentId,
        files: Mapping[str, bytes],
        ids: Ids,
        now: datetime,
    ) -> StoredDecisions:
        """Give the versions that these decisions have when deployed: one whose file is unchanged keeps its version."""
        new, kept = [], []
        for each in self.brought.values():
            if each.stored is not None:
                kept.append(replace(each.stored, deployment=deployment))
                continue
            new.append(
                StoredDecision(
                    id=DecisionId(ids.new()),
                    deployment=deployment,
                    agency=agency,
                    key=each.key,
                    version=each.version,
                    tag=each.tag,
                    name=each.name,
                    digest=each.digest,
                    resource=each.file,
                    source=files[each.file],
                    deployed_at=now,
                )
            )
        return StoredDecisions(new=tuple(new), kept=tuple(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecisions:
    """The versions of a package's decisions: new ones, and those in force that stay, now of this deployment too."""

    new: tuple[StoredDecision, ...] = ()
    kept: tuple[StoredDecision, ...] = ()

    @property
    def all(self) -> tuple[StoredDecision, ...]:
        """What is in force of them now."""
        return (*self.new, *self.kept)

    def find(self, reference: DecisionRef, deployment: DeploymentId) -> StoredDecision | None:
        """Give the one that a reference of a deployment means, if it is one of these."""
        own = next((d for d in self.all if d.key == reference.key), None)
        if own is None:
            return None
        fits = {
            Binding.LATEST: True,
            Binding.DEPLOYMENT: own.deployment == deployment,
            Binding.VERSION: own.version == reference.version,
            Binding.VERSION_TAG: own.tag == reference.tag,
        }
        return own if fits[reference.binding] else None


NO_DECISIONS = PackageDecisions()
"""Of a package without any, where none is in force."""


def bring(
    models: Mapping[str, DecisionModel],
    files: Mapping[str, bytes],
    in_force: Callable[[DecisionRef], StoredDecision | None] | None,
) -> PackageDecisions:
    """Give the decisions of files that were read, by file name; of two with one id the first."""
    brought: dict[str, BroughtDecision] = {}
    for file, model in models.items():
        for each in _of_file(file, model, files[file], in_force):
            brought.setdefault(each.key, each)
    return PackageDecisions(brought=brought, in_force=in_force)


def askable(model: DecisionModel) -> tuple[Decision | DecisionService, ...]:
    """Give what a business rule task can ask of a file."""
    return (*model.drawn.decisions.values(), *model.drawn.services.values())


def _of_file(
    file: str,
    model: DecisionModel,
    content: bytes,
    in_force: Callable[[DecisionRef], StoredDecision | None] | None,
) -> Iterator[BroughtDecision]:
    digest = hashlib.sha256(content).hexdigest()
    for each in askable(model):
        newest = None if in_force is None else in_force(DecisionRef(key=each.id))
        stored = newest if newest is not None and newest.digest == digest else None
        version = 0 if in_force is None else _version(newest, stored)
        yield BroughtDecision(
            key=each.id,
            name=each.name or each.id,
            tag=each.tag if isinstance(each, Decision) else "",
            file=file,
            digest=digest,
            model=model,
            version=version,
            stored=stored,
        )


def _version(newest: StoredDecision | None, stored: StoredDecision | None) -> int:
    if stored is not None:
        return stored.version
    return 1 if newest is None else newest.version + 1
