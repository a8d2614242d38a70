from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.errors import CommandRejected, Conflict
from engine.ids import InstanceId, PersonId, RequestId
from engine.store import InstanceState

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.actor import Actor

TWO_STEPS = """
    start mulai
    manual satu
    manual dua
    end selesai
    mulai -> satu
    satu -> dua
    dua -> selesai
"""
SAME = RequestId("sama")

Send = "Callable[[Dinas, InstanceId, Actor], InstanceId]"


def claim(dinas: Dinas, case: InstanceId, actor: Actor) -> InstanceId:
    task = dinas.task(case)
    return dinas.runtime.claim(task.id, actor=actor, request=SAME, revision=task.revision)


def complete(dinas: Dinas, case: InstanceId, actor: Actor) -> InstanceId:
    task = dinas.task(case)
    return dinas.runtime.complete(task.id, {}, actor=actor, request=SAME, revision=task.revision)


def assign(dinas: Dinas, case: InstanceId, actor: Actor) -> InstanceId:
    task, to = dinas.task(case), PersonId("bidang")
    return dinas.runtime.assign(task.id, to, actor=actor, request=SAME, revision=task.revision)


def cancel(dinas: Dinas, case: InstanceId, actor: Actor) -> InstanceId:
    revision = dinas.case(case).revision
    return dinas.runtime.cancel(case, "x", actor=actor, request=SAME, revision=revision)


def begun() -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    return dinas, dinas.start(dinas.deploy_one({"p.bpmn": drawn(TWO_STEPS)}).id, "umum")


@pytest.mark.parametrize("send", [claim, complete, assign, cancel])
def test_a_request_sent_twice_has_one_effect_and_the_same_answer(send: Callable[..., str]) -> None:
    dinas, case = begun()
    actor = dinas.person("umum")
    assert send(dinas, case, actor) == case
    before = dinas.at_rest(case)
    if dinas.tasks(case):
        assert send(dinas, case, actor) == case
    assert dinas.runtime.cancel(case, "x", actor=actor, request=SAME, revision=1) == case
    assert dinas.at_rest(case) == before


def test_a_start_sent_twice_starts_one_case() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(TWO_STEPS)})
    actor = dinas.person("umum")
    first = dinas.runtime.start(definition.id, actor=actor, request=SAME)
    assert dinas.runtime.start(definition.id, actor=actor, request=SAME) == first
    assert dinas.told(first)["instance_started"] == 1


def test_the_request_of_somebody_else_is_a_conflict() -> None:
    dinas, case = begun()
    claim(dinas, case, dinas.person("umum"))
    before = dinas.at_rest(case)
    with pytest.raises(Conflict) as refused:
        complete(dinas, case, dinas.person("bidang"))
    assert refused.value.code == "request_reused"
    assert dinas.at_rest(case) == before


def test_a_refused_request_may_be_sent_again() -> None:
    dinas, case = begun()
    actor, task = dinas.person("bidang"), dinas.task(case)
    with pytest.raises(CommandRejected):
        dinas.runtime.complete(task.id, {"x": "y"}, actor=actor, request=SAME, revision=1)
    assert complete(dinas, case, actor) == case
    assert dinas.task(case).element == "dua"


def test_a_deployment_sent_twice_has_one_effect() -> None:
    dinas = Dinas()
    first = dinas.deploy_one({"p.bpmn": drawn(TWO_STEPS)})
    assert dinas.deploy_one({"p.bpmn": drawn(TWO_STEPS)}) == first


def test_two_people_with_different_tasks_of_one_case_both_succeed() -> None:
    dinas = Dinas()
    source = drawn(
        """
        start mulai
        and bagi
        manual satu
        manual dua
        and temu
        end selesai
        mulai -> bagi
        bagi -> satu
        bagi -> dua
        satu -> temu
        dua -> temu
        temu -> selesai
        """
    )
    case = dinas.start(dinas.deploy_one({"p.bpmn": source}).id, "umum")
    first, second = dinas.task(case, "satu"), dinas.task(case, "dua")
    dinas.complete(first, "umum")
    dinas.complete(second, "bidang")
    assert dinas.case(case).state is InstanceState.COMPLETED


def test_a_case_that_changed_since_its_page_was_loaded_is_not_stopped() -> None:
    dinas, case = begun()
    seen = dinas.case(case).revision
    dinas.complete(dinas.task(case), "umum")
    before = dinas.at_rest(case)
    with pytest.raises(Conflict) as refused:
        dinas.runtime.cancel(case, "x", actor=dinas.person("umum"), request=SAME, revision=seen)
    assert refused.value.code == "instance_changed"
    assert dinas.at_rest(case) == before
