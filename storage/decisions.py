"""Versions of decisions as rows, and how a drawing's reference finds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text, from_text
from engine.decision import Binding, StoredDecision
from engine.errors import Conflict
from engine.ids import AgencyId, DecisionId, DeploymentId
from storage.tables import decision_deployments, decisions

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from engine.decision import DecisionRef

_BY_ID = select(decisions).where(decisions.c.id == bindparam("decision"))
_OF_KEY = select(decisions).where(
    decisions.c.agency_id == bindparam("agency"), decisions.c.key == bindparam("key")
)
_NEWEST = decisions.c.version.desc()
_LATEST = _OF_KEY.order_by(_NEWEST).limit(1)
_VERSION = _OF_KEY.where(decisions.c.version == bindparam("version"))
_TAGGED = _OF_KEY.where(decisions.c.tag == bindparam("tag")).order_by(_NEWEST).limit(1)
_DEPLOYED = (
    select(decisions)
    .join_from(decision_deployments, decisions)
    .where(
        decision_deployments.c.deployment_id == bindparam("deployment"),
        decision_deployments.c.key == bindparam("key"),
        decisions.c.agency_id == bindparam("agency"),
    )
)
_BOUND = {
    Binding.LATEST: _LATEST,
    Binding.DEPLOYMENT: _DEPLOYED,
    Binding.VERSION: _VERSION,
    Binding.VERSION_TAG: _TAGGED,
}


def find_decision(
    connection: Connection, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
) -> StoredDecision | None:
    """Give the version of an agency's decision that a drawing of a deployment means."""
    sought = {
        "agency": agency,
        "key": reference.key,
        "version": reference.version,
        "tag": reference.tag,
        "deployment": deployment,
    }
    row = connection.execute(_BOUND[reference.binding], sought).mappings().first()
    return None if row is None else _read(row)


def find_version(connection: Connection, decision: DecisionId) -> StoredDecision | None:
    """Give one version of a decision by its id."""
    row = connection.execute(_BY_ID, {"decision": decision}).mappings().first()
    return None if row is None else _read(row)


def add_decision(connection: Connection, new: StoredDecision) -> None:
    """Write a new version of a decision. Raises Conflict (`version_taken`) when there is this version already."""
    try:
        connection.execute(insert(decisions), [_row(new)])
    except IntegrityError as error:
        raise Conflict(
            f"Expected a new version of {new.key}, but {new.version} is there already",
            code="version_taken",
            key=new.key,
            version=new.version,
        ) from error
    keep_decision(connection, new)


def keep_decision(connection: Connection, kept: StoredDecision) -> None:
    """Write that a version that is there belongs to the deployment that it names now."""
    row = {"deployment_id": kept.deployment, "key": kept.key, "decision_id": kept.id}
    connection.execute(insert(decision_deployments), [row])


def _read(row: RowMapping) -> StoredDecision:
    return StoredDecision(
        id=DecisionId(row["id"]),
        deployment=DeploymentId(row["deployment_id"]),
        agency=AgencyId(row["agency_id"]),
        key=row["key"],
        version=row["version"],
        tag=row["tag"],
        name=row["name"],
        digest=row["digest"],
        resource=row["resource"],
        source=row["source"],
        deployed_at=from_text(row["deployed_at"]),
    )


def _row(new: StoredDecision) -> dict[str, object]:
    return {
        "id": new.id,
        "deployment_id": new.deployment,
        "agency_id": new.agency,
        "key": new.key,
        "version": new.version,
        "tag": new.tag,
        "name": new.name,
        "digest": new.digest,
        "resource": new.resource,
        "source": new.source,
        "deployed_at": as_text(new.deployed_at),
    }
