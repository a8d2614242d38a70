"""Steps of outside parties: only the recorder's lane does them, and everything says on whose behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.actor import Signature
from engine.errors import AlurError, NotAllowed, NotFound
from engine.history import HistoryEvent, InstanceStarted, UserTaskCompleted, UserTaskCreated
from engine.ids import AgencyId, InstanceId
from engine.testing import example_post

if TYPE_CHECKING:
    from engine.deployment import Prepared

T = TypeVar("T", bound=HistoryEvent)

LINES = """
    start mulai
    manual setuju
    manual arsip
    end selesai
    mulai -> setuju
    setuju -> arsip
    arsip -> selesai
"""
LANES = {"kementerian": "setuju", "petugas": "mulai", "kepala": "arsip selesai"}
POSTS = (
    example_post("kepala", "kepala"),
    example_post("umum", "petugas"),
    example_post("duta", "kementerian"),
)
"""`duta` stands for the external lane itself: nobody from outside has an account, so that is a mistake of the office."""


def source(**kinds: str) -> bytes:
    return drawn(LINES, lanes=LANES, recorders={"kementerian": "petugas"}, kinds=kinds)


def office() -> tuple[Dinas, InstanceId]:
    dinas = Dinas(*POSTS)
    definition = dinas.deploy_one({"p.bpmn": source(kementerian="eksternal")})
    return dinas, dinas.start(definition.id, "umum")


def events(dinas: Dinas, instance: InstanceId, kind: type[T]) -> list[T]:
    return [r.event for r in dinas.records(instance) if isinstance(r.event, kind)]


def put_in_force(dinas: Dinas, drawing: bytes) -> Prepared:
    return dinas.runtime.put_in_force(
        {"p.bpmn": drawing}, agency=AgencyId("contoh"), by=Signature.of_system()
    )


def test_a_step_of_an_outside_party_lies_on_the_desk_of_its_recorder() -> None:
    dinas, instance = office()
    task = dinas.task(instance)
    assert (task.lane, task.on_behalf_of) == ("petugas", "Lajur kementerian")
    (created,) = events(dinas, instance, UserTaskCreated)
    assert (created.lane, created.on_behalf_of) == ("petugas", "Lajur kementerian")


@pytest.mark.parametrize("login", ["kepala", "duta"])
def test_only_the_recorders_lane_does_a_step_of_an_outside_party(login: str) -> None:
    dinas, instance = office()
    acts = (
        lambda: dinas.claim(dinas.task(instance), login),
        lambda: dinas.complete(dinas.task(instance), login),
    )
    before = dinas.at_rest(instance)
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert dinas.at_rest(instance) == before
    dinas.complete(dinas.task(instance), "umum")
    assert dinas.task(instance).element == "arsip"


def test_a_step_of_an_outside_party_is_given_to_nobody_beside_its_recorders() -> None:
    dinas, instance = office()
    with pytest.raises(AlurError) as refused:
        dinas.assign(dinas.task(instance), "duta", by="umum")
    assert refused.value.code == "person_not_eligible"


def test_the_history_says_on_whose_behalf_a_step_was_recorded() -> None:
    dinas, instance = office()
    dinas.complete(dinas.task(instance), "umum")
    dinas.complete(dinas.task(instance), "kepala")
    assert [e.on_behalf_of for e in events(dinas, instance, UserTaskCompleted)] == [
        "Lajur kementerian",
        "",
    ]


def test_a_start_in_an_external_lane_belongs_to_its_recorder_and_is_told_on_whose_behalf() -> None:
    dinas = Dinas(*POSTS)
    lanes = {"kementerian": "mulai", "petugas": "setuju", "kepala": "arsip selesai"}
    drawing = drawn(LINES, lanes=lanes, recorders={"kementerian": "petugas"})
    definition = dinas.deploy_one({"p.bpmn": drawing})
    with pytest.raises(NotAllowed):
        dinas.start(definition.id, "duta")
    (started,) = events(dinas, dinas.start(definition.id, "umum"), InstanceStarted)
    assert started.on_behalf_of == "Lajur kementerian"


def test_a_lane_with_work_that_no_post_stands_for_is_a_warning_at_deploy() -> None:
    dinas = Dinas(example_post("umum", "petugas"), example_post("duta", "kementerian"))
    found = put_in_force(dinas, source()).findings
    assert [(f.code, f.element_id, f.severity) for f in found] == [
        ("lane_unheld", "kepala", "warning")
    ]
    assert 'id="kepala"' in source().decode().splitlines()[found[0].line - 1]


def test_an_external_lane_itself_needs_no_post() -> None:
    posts = (example_post("umum", "petugas"), example_post("kepala", "kepala"))
    assert put_in_force(Dinas(*posts), source()).findings == ()
