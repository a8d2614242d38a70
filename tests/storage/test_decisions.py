"""Decisions in every store: each version is kept, and each way of naming one finds the one that is meant."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from inbox_kit import plan_of, told
from storage_kit import AGENCY, START, change_agency, set_up

from engine.decision import Binding, DecisionRef, StoredDecision
from engine.errors import Conflict
from engine.ids import AgencyId, DecisionId, DeploymentId
from storage.decisions import find_decision
from storage.queries.decisions import (
    find_decision_version,
    list_decision_versions,
    list_decisions,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from storage_kit import Backend

    from storage.database import Database
    from storage.store import SqlStore

FIRST, SECOND, THIRD = (DeploymentId(name) for name in ("satu", "dua", "tiga"))


def decision(version: int, deployment: DeploymentId, tag: str = "") -> StoredDecision:
    return StoredDecision(
        id=DecisionId(f"nilai-{version}"),
        deployment=deployment,
        agency=AGENCY,
        key="nilai",
        version=version,
        tag=tag,
        name="Nilai koperasi",
        digest=f"00ff{version}",
        resource="nilai.dmn",
        source=b"<xml \x00\xff/>",
        deployed_at=START,
    )


ONE = decision(1, FIRST, tag="2025")
TWO = decision(2, SECOND, tag="2026")
KEPT = dataclasses.replace(TWO, deployment=THIRD)


@pytest.fixture
def filled(backend: Backend) -> Backend:
    """Deploy a decision, change it, then deploy it unchanged."""
    set_up(backend.store)
    backend.store.transact(lambda t: change_agency(t, decisions=(ONE,)))
    backend.store.transact(lambda t: change_agency(t, decisions=(TWO,)))
    backend.store.transact(lambda t: change_agency(t, decisions_kept=(KEPT,)))
    return backend


def find(
    backend: Backend, reference: DecisionRef, deployment: DeploymentId = FIRST, agency: str = AGENCY
) -> StoredDecision | None:
    return backend.store.transact(
        lambda t: t.find_decision(AgencyId(agency), reference, deployment)
    )


@pytest.mark.parametrize(
    ("reference", "deployment", "meant"),
    [
        (DecisionRef(key="nilai"), FIRST, TWO),
        (DecisionRef(key="nilai", binding=Binding.DEPLOYMENT), FIRST, ONE),
        (DecisionRef(key="nilai", binding=Binding.DEPLOYMENT), SECOND, TWO),
        (DecisionRef(key="nilai", binding=Binding.DEPLOYMENT), THIRD, TWO),
        (DecisionRef(key="nilai", binding=Binding.DEPLOYMENT), DeploymentId("lain"), None),
        (DecisionRef(key="nilai", binding=Binding.VERSION, version=1), SECOND, ONE),
        (DecisionRef(key="nilai", binding=Binding.VERSION, version=3), SECOND, None),
        (DecisionRef(key="nilai", binding=Binding.VERSION_TAG, tag="2025"), SECOND, ONE),
        (DecisionRef(key="nilai", binding=Binding.VERSION_TAG, tag="1999"), SECOND, None),
        (DecisionRef(key="lain"), FIRST, None),
    ],
)
def test_each_binding_finds_the_version_that_it_means(
    filled: Backend,
    reference: DecisionRef,
    deployment: DeploymentId,
    meant: StoredDecision | None,
) -> None:
    assert find(filled, reference, deployment) == meant


def test_of_versions_with_one_tag_the_newest_is_meant(filled: Backend) -> None:
    again = decision(3, DeploymentId("empat"), tag="2025")
    filled.store.transact(lambda t: change_agency(t, decisions=(again,)))
    found = find(filled, DecisionRef(key="nilai", binding=Binding.VERSION_TAG, tag="2025"))
    assert found == again


def test_another_agency_has_none_of_them(filled: Backend) -> None:
    for binding in Binding:
        reference = DecisionRef(key="nilai", binding=binding, version=1, tag="2025")
        assert find(filled, reference, agency="lain") is None


def test_a_version_of_a_decision_is_deployed_once(filled: Backend) -> None:
    again = dataclasses.replace(TWO, id=DecisionId("lagi"))
    with pytest.raises(Conflict) as refused:
        filled.store.transact(lambda t: change_agency(t, decisions=(again,)))
    assert refused.value.code == "version_taken"


@pytest.fixture
def office(store: SqlStore, database: Database) -> Database:
    """Give a database with two versions of a decision."""
    for each in (ONE, TWO):
        store.transact(lambda t, new=each: change_agency(t, decisions=(new,)))
    return database


def test_the_list_has_the_version_in_force_and_a_decision_all_its_versions(
    office: Database,
) -> None:
    listed = office.read(lambda c: list_decisions(c, AGENCY))
    assert [(line.id, line.version, line.tag) for line in listed] == [(TWO.id, 2, "2026")]
    versions = office.read(lambda c: list_decision_versions(c, AGENCY, "nilai"))
    assert [line.version for line in versions] == [2, 1]


def test_a_version_is_given_whole_to_its_own_agency_only(office: Database) -> None:
    assert office.read(lambda c: find_decision_version(c, AGENCY, ONE.id)) == ONE
    assert office.read(lambda c: find_decision_version(c, AgencyId("lain"), ONE.id)) is None


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda c: list_decisions(c, AGENCY), "uq_decisions_agency_id_key_version"),
        (
            lambda c: list_decision_versions(c, AGENCY, "nilai"),
            "uq_decisions_agency_id_key_version",
        ),
        (
            lambda c: find_decision(c, AGENCY, DecisionRef(key="nilai"), FIRST),
            "uq_decisions_agency_id_key_version",
        ),
        (
            lambda c: find_decision(
                c, AGENCY, DecisionRef(key="nilai", binding=Binding.DEPLOYMENT), FIRST
            ),
            "pk_decision_deployments",
        ),
    ],
    ids=["list", "versions", "latest", "deployment"],
)
def test_decisions_are_found_by_an_index(office: Database, read: object, index: str) -> None:
    def plan(connection: Connection) -> str:
        ((sql, values),) = told(connection, lambda: read(connection))
        return plan_of(connection, sql, values)

    found = office.read(plan)
    assert index in found or "sqlite_autoindex_decision" in found  # SQLite names them itself
    assert "SCAN decision" not in found
