"""The decisions of the store in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision import Binding
from engine.errors import Conflict

if TYPE_CHECKING:
    from engine.decision import DecisionRef, StoredDecision
    from engine.ids import AgencyId, DeploymentId
    from engine.store import AgencyChanges
    from engine.testing.tables import Tables


def find_decision(
    tables: Tables, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
) -> StoredDecision | None:
    """Give the version of an agency's decision that a drawing of a deployment means."""
    if reference.binding is Binding.DEPLOYMENT:
        brought = tables.decision_deployments.get((deployment, reference.key))
        found = None if brought is None else tables.decisions[brought]
        return found if found is not None and found.agency == agency else None
    fitting = (
        decision
        for decision in tables.decisions.values()
        if (decision.agency, decision.key) == (agency, reference.key)
        and (reference.binding is not Binding.VERSION or decision.version == reference.version)
        and (reference.binding is not Binding.VERSION_TAG or decision.tag == reference.tag)
    )
    return max(fitting, key=lambda decision: decision.version, default=None)


def save_decisions(tables: Tables, changes: AgencyChanges) -> None:
    """Write the decisions of a deployment. Raises Conflict when a version is there already."""
    for new in changes.decisions:
        kept = tables.decisions.values()
        if any((d.agency, d.key, d.version) == (new.agency, new.key, new.version) for d in kept):
            raise Conflict(
                f"Expected a new version of {new.key}, but {new.version} is there already",
                code="version_taken",
                key=new.key,
                version=new.version,
            )
        tables.decisions[new.id] = new
    for brought in (*changes.decisions, *changes.decisions_kept):
        tables.decision_deployments[brought.deployment, brought.key] = brought.id
