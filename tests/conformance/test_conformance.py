"""Whatever `engine.coverage` says runs is run: same trace in memory and at rest, its history folds to the case at every step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from conformance.models import MODELS
from decision_kit import dmn, table
from engine_maps import drawn, form_of
from kit import NOW, Case, bpmn, definition
from properties.test_replay import History, real, seen
from twins import Twins

from engine.coverage import ELEMENTS, EVENTS, Support
from engine.decision import StoredDecision
from engine.gate import examine
from engine.history import ElementActivated, ElementCancelled, ElementCompleted
from engine.ids import AgencyId, DecisionId, DeploymentId
from engine.replay import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.spiff.catching import Circumstances

DECISIONS = dmn(table())
FORM = form_of("isi", "catatan")
CALLED = bpmn("start as\nmanual u\nend ae\nas -> u\nu -> ae", key="anak")


class Office(Case):
    """A case of an office that has one decision in force."""

    @property
    def circumstances(self) -> Circumstances:
        """What the waits depend on, and the decision."""
        stored = StoredDecision(
            id=DecisionId("d"),
            agency=AgencyId("kota"),
            deployment=DeploymentId("d"),
            key="nilai",
            name="Nilai",
            version=1,
            tag="",
            digest="0" * 64,
            resource="nilai.dmn",
            source=DECISIONS,
            deployed_at=NOW,
        )
        return replace(super().circumstances, decision_of=lambda _reference, _deployment: stored)


def begun(name: str) -> Twins:
    """Give the twins of a model, before they start."""
    process = definition(bpmn(MODELS[name].lines), calls={"anak": "anak"}, forms={"isi": FORM})
    twins = Twins(process)
    definitions = (process, definition(CALLED, key="anak"))
    twins.in_memory = Office(*definitions, resting=False)
    twins.rested = Office(*definitions, resting=True)
    return twins


def steps(twins: Twins, name: str) -> Iterator[None]:
    """Start a case and do the steps of its model; halts at each rest."""
    twins.start(**{"skor": 70, **MODELS[name].variables})
    yield
    for step in MODELS[name].steps.split():
        element = step.removeprefix("!")
        if step != element:
            waits = twins.execution.list_waits()
            token = next(wait.token for wait in waits if wait.element == element)
            twins.fire_token(token, element)
        else:
            twins.complete(element)
        yield


def trace(twins: Twins) -> str:
    """Give the elements that were completed, in their order, then those taken away."""
    at = {e.token: e.element for e in twins.events if isinstance(e, ElementActivated)}
    done = [at[e.token] for e in twins.events if isinstance(e, ElementCompleted)]
    gone = [at[e.token] for e in twins.events if isinstance(e, ElementCancelled)]
    return " ".join(done) + (f" | {' '.join(gone)}" if gone else "")


def test_whatever_runs_has_a_model_and_every_model_is_of_something_that_runs() -> None:
    rows = [row for row in (*ELEMENTS, *EVENTS) if row.support is Support.RUNS]
    named = [row.name if row.position is None else f"{row.name}, {row.position}" for row in rows]
    assert sorted(named) == sorted(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_runs_as_the_standard_says_at_rest_and_in_memory_and_in_its_history(
    name: str,
) -> None:
    twins, history = begun(name), History()
    moment = fold([], {})
    for _ in steps(twins, name):
        fold(history.take(twins.rested), {}, moment)
        assert seen(moment) == real(twins.rested)
    assert trace(twins) == MODELS[name].trace
    assert twins.finished
    assert seen(fold(history.records, {})) == seen(moment)


@pytest.mark.parametrize("name", MODELS)
def test_the_gate_lets_a_model_through(name: str) -> None:
    files = {"p.bpmn": drawn(MODELS[name].lines), "nilai.dmn": DECISIONS}
    if "formRef" in MODELS[name].lines:
        files["isi.form"] = FORM
    found = examine(files, is_known=lambda key: key == "anak")
    assert found.errors == ()
