"""Whose desk a task lies on: taken over, handed back, put aside, given, and all of it for many at once."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.commands.many import MOST_TASKS, Chosen, Outcome
from engine.errors import CommandRejected, Conflict, InvalidSubmission, NotAllowed, WrongState
from engine.history import UserTaskAssigned, UserTaskClaimed, UserTaskPostponed, UserTaskUnclaimed
from engine.ids import InstanceId, PersonId, PostId, RequestId
from engine.testing import example_post
from engine.user_task import TaskState, UserTask

STEP = """
    start mulai
    manual kerja {narrowing}
    end selesai
    mulai -> kerja
    kerja -> selesai
"""
TODAY = date(2026, 11, 21)
SAME = RequestId("permintaan-yang-sama")


def begun(narrowing: str = "") -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP.format(narrowing=narrowing))})
    return dinas, dinas.start(definition.id, "umum")


def held() -> tuple[Dinas, InstanceId]:
    dinas, case = begun()
    dinas.claim(dinas.task(case), "umum")
    return dinas, case


def refusal(command: object, *arguments: object, **named: object) -> CommandRejected:
    """Give the error of a command that must be refused."""
    assert callable(command)
    with pytest.raises(CommandRejected) as refused:
        command(*arguments, **named)
    return refused.value


def last_event(dinas: Dinas, case: InstanceId) -> object:
    return dinas.records(case)[-1].event


# taken over


def test_a_task_is_taken_over_from_a_colleague_whom_the_history_names() -> None:
    dinas, case = held()
    task = dinas.task(case)
    dinas.take_over(task, "bidang")
    assert (dinas.task(case).holder, dinas.task(case).holder_name) == ("bidang", "Nama bidang")
    assert last_event(dinas, case) == UserTaskClaimed(
        task=task.id, previous="umum", previous_name="Nama umum"
    )


def test_a_task_put_back_meanwhile_is_not_taken_over_from_an_old_page() -> None:
    dinas, case = held()
    seen = dinas.task(case)
    dinas.unclaim(seen, "umum")
    error = refusal(dinas.take_over, seen, "bidang")
    assert (type(error), error.code) == (Conflict, "task_changed")
    dinas.take_over(dinas.task(case), "bidang")
    assert last_event(dinas, case) == UserTaskClaimed(task=seen.id)


def test_nobody_takes_over_a_task_of_the_own_desk() -> None:
    dinas, case = held()
    error = refusal(dinas.take_over, dinas.task(case), "umum")
    assert (type(error), error.code) == (WrongState, "task_there_already")


def test_who_is_no_candidate_takes_nothing_over() -> None:
    dinas, case = begun("candidateGroups=bidang")
    dinas.claim(dinas.task(case), "bidang")
    error = refusal(dinas.take_over, dinas.task(case), "umum")
    assert (type(error), error.code) == (NotAllowed, "not_allowed_lane")


# handed back, given


def test_a_task_is_handed_back_with_its_reason() -> None:
    dinas, case = held()
    task = dinas.task(case)
    dinas.unclaim(task, "umum", " bukan tugas saya ")
    assert last_event(dinas, case) == UserTaskUnclaimed(task=task.id, reason="bukan tugas saya")


@pytest.mark.parametrize(
    ("reason", "code"), [("  ", "reason_missing"), ("x" * 2001, "reason_long")]
)
def test_a_task_is_not_handed_back_without_a_proper_reason(reason: str, code: str) -> None:
    dinas, case = held()
    before = dinas.at_rest(case)
    error = refusal(dinas.unclaim, dinas.task(case), "umum", reason)
    assert (type(error), error.code) == (InvalidSubmission, code)
    assert dinas.at_rest(case) == before


def test_a_task_is_given_with_a_note() -> None:
    dinas, case = begun()
    task = dinas.task(case)
    dinas.assign(task, "bidang", by="umum", note=" tolong hari ini ")
    assert last_event(dinas, case) == UserTaskAssigned(
        task=task.id, to="bidang", to_name="Nama bidang", reason="tolong hari ini"
    )


def test_a_task_is_not_given_to_who_has_it() -> None:
    dinas, case = held()
    error = refusal(dinas.assign, dinas.task(case), "umum", by="pengawas")
    assert (type(error), error.code) == (WrongState, "task_there_already")
    assert error.params == {"task": "kerja", "who": "Nama umum"}


def test_a_head_gives_the_tasks_of_those_who_answer_to_the_head() -> None:
    dinas, case = held()
    task = dinas.task(case)
    below = dataclasses.replace(example_post("bidang", "petugas"), superior=PostId("kepala"))
    head = dataclasses.replace(dinas.person("kepala"), led=(below,))
    outside = dataclasses.replace(head, led=())
    given = {"request": dinas.request(), "revision": task.revision}
    with pytest.raises(CommandRejected):
        dinas.runtime.assign(task.id, PersonId("bidang"), actor=outside, **given)
    dinas.runtime.assign(task.id, PersonId("bidang"), actor=head, **given)
    assert dinas.agree(case)
    assert dinas.task(case).holder == "bidang"


# put aside


def test_a_task_is_put_aside_and_taken_up_again() -> None:
    dinas, case = held()
    task = dinas.task(case)
    dinas.clock.advance(timedelta(hours=1))
    dinas.postpone(task, "umum", TODAY + timedelta(days=2))
    aside = dinas.task(case)
    assert aside == dataclasses.replace(task, follow_up="2026-11-23", revision=3)
    assert last_event(dinas, case) == UserTaskPostponed(task=task.id, until="2026-11-23")
    dinas.postpone(aside, "umum", None)
    assert dinas.task(case).follow_up == ""
    assert last_event(dinas, case) == UserTaskPostponed(task=task.id)


@pytest.mark.parametrize(
    ("days", "code"),
    [(-1, "follow_up_past"), (0, "follow_up_past"), (1, ""), (366, ""), (367, "follow_up_far")],
)
def test_a_follow_up_day_is_ahead_and_within_a_year(days: int, code: str) -> None:
    dinas, case = held()
    day = TODAY + timedelta(days=days)
    if not code:
        dinas.postpone(dinas.task(case), "umum", day)
        return
    error = refusal(dinas.postpone, dinas.task(case), "umum", day)
    assert (type(error), error.code) == (InvalidSubmission, code)


def test_the_follow_up_day_is_counted_in_the_office() -> None:
    dinas, case = held()
    dinas.clock.advance(timedelta(hours=13))  # 18.00 UTC of the 21st: the 22nd has begun in Jakarta
    tomorrow = TODAY + timedelta(days=1)
    assert refusal(dinas.postpone, dinas.task(case), "umum", tomorrow).code == "follow_up_past"


def test_only_the_holder_puts_a_task_aside() -> None:
    dinas, case = held()
    day = TODAY + timedelta(days=1)
    error = refusal(dinas.postpone, dinas.task(case), "bidang", day)
    assert (type(error), error.code) == (NotAllowed, "task_not_held")


@pytest.mark.parametrize("way", ["unclaim", "take_over", "assign"])
def test_nobody_inherits_that_a_task_was_put_aside(way: str) -> None:
    dinas, case = held()
    dinas.postpone(dinas.task(case), "umum", TODAY + timedelta(days=1))
    task = dinas.task(case)
    if way == "unclaim":
        dinas.unclaim(task, "umum")
    elif way == "take_over":
        dinas.take_over(task, "bidang")
    else:
        dinas.assign(task, "bidang", by="umum")
    assert dinas.task(case).follow_up == ""


def test_what_was_put_aside_can_be_finished() -> None:
    dinas, case = held()
    dinas.postpone(dinas.task(case), "umum", TODAY + timedelta(days=1))
    dinas.complete(dinas.task(case), "umum")
    assert dinas.tasks(case) == ()


# many at once


def three() -> tuple[Dinas, list[InstanceId]]:
    """Give three cases: the first is free, the second held by a colleague, the third over."""
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP.format(narrowing=""))})
    cases = [dinas.start(definition.id, "umum") for _ in range(3)]
    dinas.claim(dinas.task(cases[1]), "bidang")
    return dinas, cases


def chosen(dinas: Dinas, cases: list[InstanceId]) -> list[Chosen]:
    return [Chosen(task=t.id, revision=t.revision) for c in cases for t in dinas.tasks(c)]


def codes(outcomes: tuple[Outcome, ...]) -> list[str]:
    return ["" if o.refusal is None else o.refusal.code for o in outcomes]


def test_many_are_taken_and_each_has_its_own_outcome() -> None:
    dinas, cases = three()
    picked = chosen(dinas, cases)
    dinas.complete(dinas.task(cases[2]), "bidang")
    outcomes = dinas.runtime.claim_many(picked, actor=dinas.person("umum"), request=SAME)
    assert codes(outcomes) == ["", "task_held", "task_completed"]
    assert [o.task for o in outcomes] == [one.task for one in picked]
    assert [dinas.agree(case) for case in cases] == cases
    assert dinas.task(cases[0]).holder == "umum"
    assert dinas.task(cases[1]).holder == "bidang"


def test_an_act_on_many_that_is_sent_twice_has_one_effect_and_the_same_outcomes() -> None:
    dinas, cases = three()
    picked = chosen(dinas, cases)
    actor = dinas.person("umum")
    first = dinas.runtime.claim_many(picked, actor=actor, request=SAME)
    before = [dinas.at_rest(case) for case in cases]
    again = dinas.runtime.claim_many(picked, actor=actor, request=SAME)
    assert codes(again) == codes(first)
    assert [dinas.at_rest(case) for case in cases] == before


def test_many_are_given_to_one_person_with_the_same_note() -> None:
    dinas, cases = three()
    outcomes = dinas.runtime.assign_many(
        chosen(dinas, cases),
        PersonId("bidang"),
        actor=dinas.person("pengawas"),
        request=SAME,
        note="selama cuti",
    )
    assert codes(outcomes) == ["", "task_there_already", ""]
    told = dinas.records(dinas.agree(cases[2]))[-1].event
    assert isinstance(told, UserTaskAssigned)
    assert (told.to, told.reason) == ("bidang", "selama cuti")


def test_many_are_finished_and_a_free_one_is_taken_with_it() -> None:
    dinas, cases = three()
    outcomes = dinas.runtime.complete_many(
        chosen(dinas, cases), actor=dinas.person("umum"), request=SAME
    )
    assert codes(outcomes) == ["", "task_held", ""]
    assert [len(dinas.tasks(case)) for case in cases] == [0, 1, 0]


def test_a_task_that_is_named_twice_is_done_once() -> None:
    dinas, cases = three()
    (picked, *_) = chosen(dinas, cases)
    outcomes = dinas.runtime.claim_many([picked, picked], actor=dinas.person("umum"), request=SAME)
    assert codes(outcomes) == [""]


def test_nothing_chosen_and_too_many_are_refused_as_a_whole() -> None:
    dinas, cases = three()
    (picked, *_) = chosen(dinas, cases)
    many = [dataclasses.replace(picked, task=f"x-{n}") for n in range(MOST_TASKS + 1)]
    actor = dinas.person("umum")
    none = refusal(dinas.runtime.claim_many, [], actor=actor, request=SAME)
    assert none.code == "no_task_chosen"
    error = refusal(dinas.runtime.claim_many, many, actor=actor, request=SAME)
    assert (error.code, error.params) == ("too_many_tasks", {"limit": MOST_TASKS})


def test_a_task_that_is_not_there_is_an_outcome_among_others() -> None:
    dinas, cases = three()
    (picked, *_) = chosen(dinas, cases)
    gone = dataclasses.replace(picked, task="x-1")
    outcomes = dinas.runtime.claim_many([gone, picked], actor=dinas.person("umum"), request=SAME)
    assert codes(outcomes) == ["not_found", ""]


def test_a_task_that_is_free_again_is_held_by_nobody() -> None:
    dinas, case = held()
    dinas.unclaim(dinas.task(case), "umum")
    task: UserTask = dinas.task(case)
    assert (task.state, task.holder, task.holder_name) == (TaskState.CREATED, None, "")
