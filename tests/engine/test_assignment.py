"""Membership is live, assignment is a fact (docs/decisions/0007): who may go on with a task when posts change."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from engine_office import POSTS, Dinas

from engine.actor import Role
from engine.errors import CommandRejected, ExecutionFailed, NotAllowed, NotFound
from engine.history import AssigneeRefused
from engine.ids import AgencyId, PersonId, PostId, UnitId
from engine.office import Handover
from engine.testing import example_office, example_post
from engine.user_task import TaskState

if TYPE_CHECKING:
    from engine.ids import InstanceId

STEP = """
    start mulai
    manual kerja {narrowing}
    end selesai
    mulai -> kerja
    kerja -> selesai
"""
TOMORROW = timedelta(days=1)


def begun(narrowing: str = "", *, led: bool = False) -> tuple[Dinas, InstanceId]:
    """Start a case with one task, narrowed so; with `led` the two posts of its lane answer to `kepala`."""
    above = PostId("kepala") if led else None
    posts = (POSTS[0], *(dataclasses.replace(post, superior=above) for post in POSTS[1:]))
    dinas = Dinas(*posts)
    dinas.hire("admin", roles=frozenset({Role.ADMINISTRATOR}))
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP.format(narrowing=narrowing))})
    return dinas, dinas.start(definition.id, "umum")


def move_out(dinas: Dinas, login: str) -> None:
    """Let a day pass on which a person's post ends; what lies on the desk stays there."""
    roster = dinas.store.transact(lambda tx: tx.get_roster(AgencyId("contoh")))
    (held,) = roster.list_held(PersonId(login))
    end = dinas.clock.now() + TOMORROW
    dinas.runtime.end_holding(held, end, actor=dinas.person("admin"), request=dinas.request())
    dinas.clock.set(end)


def refusal(command: object, *arguments: object, **named: object) -> CommandRejected:
    """Give the error of a command that must be refused."""
    assert callable(command)
    with pytest.raises(CommandRejected) as refused:
        command(*arguments, **named)
    return refused.value


def test_who_lost_the_lane_can_do_nothing_with_a_held_task() -> None:
    dinas, case = begun()
    dinas.claim(dinas.task(case), "umum")
    move_out(dinas, "umum")
    before = dinas.at_rest(case)
    for command in (dinas.complete, dinas.unclaim, dinas.claim):
        error = refusal(command, dinas.task(case), "umum")
        assert (type(error), error.code) == (NotAllowed, "lane_lost")
    assert dinas.at_rest(case) == before


def test_who_lost_the_lane_does_not_even_see_a_free_task() -> None:
    dinas, case = begun()
    move_out(dinas, "umum")
    assert isinstance(refusal(dinas.claim, dinas.task(case), "umum"), NotFound)


def test_a_colleague_of_the_lane_takes_over_what_somebody_who_left_it_holds() -> None:
    dinas, case = begun()
    dinas.claim(dinas.task(case), "umum")
    move_out(dinas, "umum")
    dinas.take_over(dinas.task(case), "bidang")
    dinas.complete(dinas.task(case), "bidang")
    assert dinas.tasks(case) == ()


def test_an_assignee_of_the_drawing_within_the_lane_has_the_task() -> None:
    dinas, case = begun("assignee=bidang")
    task = dinas.task(case)
    assert (task.state, task.holder) == (TaskState.CLAIMED, "bidang")


@pytest.mark.parametrize("login", ["kepala", "pengawas"])
def test_an_assignee_outside_the_lane_leaves_the_task_free_and_the_history_says_so(
    login: str,
) -> None:
    dinas, case = begun(f"assignee={login}")
    task = dinas.task(case)
    assert (task.state, task.holder) == (TaskState.CREATED, None)
    told = dinas.records(case)[-1].event
    assert told == AssigneeRefused(task=task.id, login=login, name=f"Nama {login}")
    assert "user_task_assigned" not in dinas.told(case)
    dinas.complete(task, "umum")


def test_an_assignee_who_left_the_office_stops_no_case() -> None:
    dinas = Dinas()
    dinas.hire("admin", roles=frozenset({Role.ADMINISTRATOR}))
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP.format(narrowing="assignee=bidang"))})
    dinas.runtime.close_person(
        PersonId("bidang"),
        Handover(reason="pensiun"),
        actor=dinas.person("admin"),
        request=dinas.request(),
    )
    case = dinas.start(definition.id, "umum")
    task = dinas.task(case)
    assert task.holder is None
    told = dinas.records(case)[-1].event
    assert told == AssigneeRefused(task=task.id, login="bidang", name="bidang")


def test_a_closed_unit_or_post_narrows_no_task() -> None:
    dinas = Dinas()
    dinas.hire("admin", roles=frozenset({Role.ADMINISTRATOR}))
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP.format(narrowing="candidateGroups=lama"))})
    office = example_office(example_post("lama", unit="lama"))
    dinas.runtime.set_up(office)
    roster = dinas.store.transact(lambda tx: tx.get_roster(AgencyId("contoh")))
    assert dinas.start(definition.id, "umum")
    for close in (
        lambda by: dinas.runtime.close_post(roster.posts[PostId("lama")].post.id, **by),
        lambda by: dinas.runtime.close_unit(roster.units[UnitId("lama")].id, **by),
    ):
        close({"actor": dinas.person("admin"), "request": dinas.request()})
    with pytest.raises(ExecutionFailed) as failed:
        dinas.start(definition.id, "umum")
    assert failed.value.code == "group_unknown"


def test_a_head_gives_out_and_stops_what_lies_with_those_who_answer_to_the_head() -> None:
    dinas, case = begun(led=True)
    dinas.assign(dinas.task(case), "bidang", by="kepala")
    assert dinas.task(case).holder == "bidang"
    dinas.assign(dinas.task(case), "umum", by="kepala")
    signature = dinas.records(case)[-1].by
    assert signature is not None
    assert (signature.person, signature.post) == ("kepala", "kepala")
    assert isinstance(refusal(dinas.claim, dinas.task(case), "kepala"), NotFound)
    dinas.cancel(case, "tidak perlu", "kepala")
    assert dinas.case(case).state == "cancelled"


def test_a_head_gives_out_nothing_that_is_narrowed_to_another_head_s_unit() -> None:
    dinas, case = begun("candidateGroups=sekretariat", led=True)
    dinas.assign(dinas.task(case), "umum", by="kepala")
    heads = {"umum": "kepala", "bidang": None}
    posts = (
        POSTS[0],
        *(
            dataclasses.replace(p, superior=PostId(s) if (s := heads[p.id]) else None)
            for p in POSTS[1:]
        ),
    )
    other = Dinas(*posts)
    definition = other.deploy_one(
        {"p.bpmn": drawn(STEP.format(narrowing="candidateGroups=bidang"))}
    )
    elsewhere = other.start(definition.id, "umum")
    error = refusal(other.assign, other.task(elsewhere), "bidang", by="kepala")
    assert isinstance(error, NotFound)


def test_a_head_of_others_neither_gives_out_nor_stops() -> None:
    dinas, case = begun()
    assert isinstance(refusal(dinas.assign, dinas.task(case), "bidang", by="kepala"), NotFound)
    assert isinstance(refusal(dinas.cancel, case, "x", "kepala"), NotFound)


def test_a_head_gives_a_task_to_nobody_outside_its_lane() -> None:
    dinas, case = begun(led=True)
    error = refusal(dinas.assign, dinas.task(case), "kepala", by="kepala")
    assert error.code == "person_not_eligible"
