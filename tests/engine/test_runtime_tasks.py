from __future__ import annotations

from datetime import timedelta

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.clock import as_text
from engine.errors import CommandRejected, Conflict, NotAllowed, NotFound, WrongState
from engine.ids import InstanceId, UserTaskId
from engine.user_task import TaskState

STEP = """
    start mulai
    manual kerja {narrowing}
    end selesai
    mulai -> kerja
    kerja -> selesai
"""


def begun(narrowing: str = "") -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP.format(narrowing=narrowing))})
    return dinas, dinas.start(definition.id, "umum")


def refusal(command: object, *arguments: object, **named: object) -> CommandRejected:
    """Give the error of a command that must be refused."""
    assert callable(command)
    with pytest.raises(CommandRejected) as refused:
        command(*arguments, **named)
    return refused.value


def test_a_free_task_is_taken_by_a_holder_of_its_lane() -> None:
    dinas, case = begun()
    dinas.claim(dinas.task(case), "bidang")
    task = dinas.task(case)
    assert (task.state, task.holder, task.holder_name) == ("claimed", "bidang", "Nama bidang")
    assert (task.revision, dinas.case(case).revision) == (2, 2)
    last = dinas.records(case)[-1]
    assert last.by is not None
    assert (last.event.type, last.by.post) == ("user_task_claimed", "bidang")


def test_a_task_of_another_lane_is_not_there() -> None:
    dinas, case = begun()
    before = dinas.at_rest(case)
    for command in (dinas.claim, dinas.unclaim, dinas.complete):
        assert isinstance(refusal(command, dinas.task(case), "kepala"), NotFound)
    assert dinas.at_rest(case) == before


def test_a_task_of_another_agency_is_not_there_though_the_lane_has_the_same_name() -> None:
    dinas, case = begun()
    error = refusal(dinas.claim, dinas.task(case), "tamu")
    assert (type(error), error.code) == (NotFound, "not_found")


def test_a_task_that_never_was_is_not_there() -> None:
    dinas, _ = begun()
    actor, request = dinas.person("umum"), dinas.request()
    with pytest.raises(NotFound):
        dinas.runtime.claim(UserTaskId("x-1"), actor=actor, request=request, revision=1)


def test_a_claimed_task_is_refused_to_another_officer_with_who_and_since_when() -> None:
    dinas, case = begun()
    dinas.claim(dinas.task(case), "umum")
    since = as_text(dinas.clock.now())
    dinas.clock.advance(timedelta(hours=2))
    before = dinas.at_rest(case)
    for command in (dinas.claim, dinas.complete):
        error = refusal(command, dinas.task(case), "bidang")
        assert (type(error), error.code) == (Conflict, "task_held")
        assert error.params == {"who": "Nama umum", "since": since}
    assert dinas.at_rest(case) == before


def test_a_task_that_changed_since_its_page_was_loaded_is_a_conflict() -> None:
    dinas, case = begun()
    seen = dinas.task(case)
    dinas.claim(seen, "umum")
    dinas.unclaim(dinas.task(case), "umum")
    at = as_text(dinas.clock.now())
    for command in (dinas.claim, dinas.complete):
        error = refusal(command, seen, "bidang")
        assert (type(error), error.code) == (Conflict, "task_changed")
        assert error.params["at"] == at


def test_the_holder_goes_on_from_a_page_that_is_old() -> None:
    dinas, case = begun()
    seen = dinas.task(case)
    dinas.claim(seen, "umum")
    dinas.complete(seen, "umum")
    assert dinas.tasks(case) == ()


def test_the_holder_puts_a_task_back_and_another_takes_it() -> None:
    dinas, case = begun()
    dinas.claim(dinas.task(case), "umum")
    dinas.unclaim(dinas.task(case), "umum")
    assert (dinas.task(case).state, dinas.task(case).holder) == (TaskState.CREATED, None)
    dinas.claim(dinas.task(case), "bidang")
    assert dinas.task(case).holder == "bidang"


def test_only_the_holder_puts_a_task_back() -> None:
    dinas, case = begun()
    free = refusal(dinas.unclaim, dinas.task(case), "bidang")
    dinas.claim(dinas.task(case), "umum")
    held = refusal(dinas.unclaim, dinas.task(case), "bidang")
    for error in (free, held):
        assert (type(error), error.code) == (NotAllowed, "task_not_held")


def test_a_task_is_given_to_a_colleague_of_the_lane() -> None:
    dinas, case = begun()
    dinas.assign(dinas.task(case), "bidang", by="umum")
    task = dinas.task(case)
    assert (task.state, task.holder) == (TaskState.CLAIMED, "bidang")
    assert dinas.records(case)[-1].event.type == "user_task_assigned"


def test_an_overseer_without_post_hands_a_held_task_on() -> None:
    dinas, case = begun()
    dinas.claim(dinas.task(case), "umum")
    dinas.assign(dinas.task(case), "bidang", by="pengawas")
    assert dinas.task(case).holder == "bidang"
    dinas.complete(dinas.task(case), "bidang")
    assert dinas.tasks(case) == ()


@pytest.mark.parametrize("to", ["kepala", "pengawas"])
def test_a_task_is_not_given_to_somebody_outside_its_lane(to: str) -> None:
    dinas, case = begun()
    before = dinas.at_rest(case)
    error = refusal(dinas.assign, dinas.task(case), to, by="umum")
    assert (type(error), error.code) == (NotAllowed, "person_not_eligible")
    assert dinas.at_rest(case) == before


def test_somebody_of_another_agency_is_not_there_to_be_given_a_task() -> None:
    dinas, case = begun()
    error = refusal(dinas.assign, dinas.task(case), "tamu", by="umum")
    assert (type(error), error.code) == (NotFound, "not_found")


def test_a_task_is_not_given_to_a_person_who_is_not_there() -> None:
    dinas, case = begun()
    assert isinstance(refusal(dinas.assign, dinas.task(case), "siapa", by="umum"), NotFound)


def test_somebody_outside_the_lane_gives_no_task_away() -> None:
    dinas, case = begun()
    for login in ("kepala", "tamu"):
        error = refusal(dinas.assign, dinas.task(case), "umum", by=login)
        assert isinstance(error, NotFound)


def test_an_old_page_gives_no_task_away() -> None:
    dinas, case = begun()
    seen = dinas.task(case)
    dinas.claim(seen, "umum")
    assert refusal(dinas.assign, seen, "bidang", by="pengawas").code == "task_changed"


def test_a_done_task_says_who_did_it_and_when() -> None:
    dinas, case = begun()
    task = dinas.task(case)
    dinas.complete(task, "umum")
    at = as_text(dinas.clock.now())
    dinas.clock.advance(timedelta(days=1))
    for command in (dinas.claim, dinas.complete):
        error = refusal(command, task, "bidang")
        assert (type(error), error.code) == (WrongState, "task_completed")
        assert error.params == {"who": "Nama umum", "at": at}
    assert refusal(dinas.assign, task, "bidang", by="pengawas").code == "task_completed"


def test_a_free_task_that_is_sent_is_done_by_its_sender() -> None:
    dinas, case = begun()
    task = dinas.task(case)
    dinas.complete(task, "bidang")
    done = dinas.any_task(task.id)
    assert (done.state, done.holder, done.revision) == (TaskState.COMPLETED, "bidang", 2)
    assert "user_task_claimed" not in dinas.told(case)
