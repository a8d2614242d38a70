"""Decisions in every store: each version is kept, and each way of naming one finds the one that is meant."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from storage_kit import AGENCY, START, change_agency, set_up

from engine.decision import Binding, DecisionRef, StoredDecision
from engine.errors import Conflict
from engine.ids import AgencyId, DecisionId, DeploymentId

if TYPE_CHECKING:
    from storage_kit import Backend

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
