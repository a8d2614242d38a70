"""What the process that looks at a package may ask of the server: what is in force in one agency, and who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision import Binding, DecisionRef
from engine.errors import NotFound
from engine.ids import DefinitionId, DeploymentId
from engine.wait import WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.decision import StoredDecision
    from engine.ids import AgencyId
    from engine.message import Subscription
    from engine.store import Definition
    from storage.store import SqlTransaction

    Of = list[object]


def _definition(stored: SqlTransaction, agency: AgencyId, of: Of) -> Definition:
    found = stored.get_definition(DefinitionId(str(of[0])))
    if found.agency != agency:
        raise NotFound("Expected a version of the agency, but it is another's", code="not_found")
    return found


def _decision(stored: SqlTransaction, agency: AgencyId, of: Of) -> StoredDecision | None:
    key, binding, version, tag, deployment = map(str, of)
    reference = DecisionRef(key=key, binding=Binding(binding), version=int(version), tag=tag)
    return stored.find_decision(agency, reference, DeploymentId(deployment))


def _subscriptions(stored: SqlTransaction, agency: AgencyId, of: Of) -> tuple[Subscription, ...]:
    kind, name, key = of
    asked = None if key is None else str(key)
    return stored.list_subscriptions(agency, WaitKind(str(kind)), str(name), asked)


IN_FORCE: Mapping[str, Callable[[SqlTransaction, AgencyId, Of], object]] = {
    "find_latest": lambda stored, agency, of: stored.find_latest(agency, str(of[0])),
    "list_versions": lambda stored, agency, of: stored.list_versions(agency, str(of[0])),
    "get_definition": _definition,
    "find_decision": _decision,
    "find_map": lambda stored, agency, of: stored.find_map(agency, str(of[0])),
    "get_roster": lambda stored, agency, _of: stored.get_roster(agency),
    "get_agency": lambda stored, agency, _of: stored.get_agency(agency),
    "list_subscriptions": _subscriptions,
}
"""What can be asked, by name; each is a method of `engine.deployment.Versions`."""
