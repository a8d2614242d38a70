"""Opening a task and commenting on a case: written into the history, and nobody's work is in the way of it."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.actor import Role
from engine.commands.case_notes import MAX_COMMENT
from engine.errors import Conflict, InvalidSubmission, NotAllowed, NotFound, WrongState
from engine.history import CommentAdded, UserTaskOpened
from engine.ids import InstanceId, UserTaskId

STEP = """
    start mulai
    manual kerja
    end selesai
    mulai -> kerja
    kerja -> selesai
"""


def begun() -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    return dinas, dinas.start(definition.id, "umum")


def look(dinas: Dinas, task: UserTaskId, login: str) -> None:
    dinas.agree(dinas.runtime.open_task(task, actor=dinas.person(login), request=dinas.request()))


def remark(dinas: Dinas, case: InstanceId, text: str, login: str, **at: UserTaskId) -> None:
    actor, request = dinas.person(login), dinas.request()
    dinas.agree(dinas.runtime.comment(case, text, actor=actor, request=request, **at))


def test_the_first_who_may_do_a_task_opens_it_once() -> None:
    dinas, case = begun()
    task = dinas.task(case)
    dinas.clock.advance(timedelta(minutes=5))
    look(dinas, task.id, "bidang")
    opened = dinas.task(case)
    assert opened.opened_at == dinas.clock.now()
    dinas.clock.advance(timedelta(minutes=5))
    look(dinas, task.id, "bidang")
    assert dinas.task(case) == opened
    assert dinas.told(case)[UserTaskOpened.type] == 1


def test_the_sender_of_a_case_does_not_open_the_task_that_follows() -> None:
    dinas, case = begun()
    assert dinas.task(case).sender_id == "umum"
    before = dinas.at_rest(case)
    look(dinas, dinas.task(case).id, "umum")
    assert dinas.at_rest(case) == before


def test_opening_is_in_nobodys_way() -> None:
    dinas, case = begun()
    seen_before = dinas.task(case)
    look(dinas, seen_before.id, "bidang")
    dinas.claim(seen_before, "umum")
    assert dinas.task(case).holder == "umum"
    assert dinas.task(case).opened_at is not None


def test_who_may_not_do_a_task_does_not_open_it() -> None:
    dinas, case = begun()
    task, before = dinas.task(case), dinas.at_rest(case)
    for login in ("kepala", "pengawas", "tamu"):
        with pytest.raises(NotFound):
            look(dinas, task.id, login)
    assert dinas.at_rest(case) == before
    dinas.claim(task, "umum")
    with pytest.raises(Conflict):
        look(dinas, task.id, "bidang")
    dinas.complete(dinas.task(case), "umum")
    with pytest.raises(WrongState):
        look(dinas, task.id, "bidang")
    assert dinas.any_task(task.id).opened_at is None


def test_a_comment_stands_in_the_history_under_its_writer() -> None:
    dinas, case = begun()
    task = dinas.task(case)
    remark(dinas, case, "  Nomor telepon\r\nsalah\x1b. ", "bidang", task=task.id)
    last = dinas.records(case)[-1]
    assert last.event == CommentAdded(text="Nomor telepon\nsalah.", task=task.id)
    assert last.by is not None
    assert (last.by.person, last.by.post) == ("bidang", "bidang")
    assert dinas.task(case) == task


def test_a_comment_can_be_written_when_the_case_is_over_and_by_an_overseer() -> None:
    dinas, case = begun()
    dinas.complete(dinas.task(case), "umum")
    remark(dinas, case, "Arsip dipindahkan.", "pengawas")
    assert dinas.records(case)[-1].event == CommentAdded(text="Arsip dipindahkan.")


def test_a_comment_sent_twice_is_written_once() -> None:
    dinas, case = begun()
    actor, request = dinas.person("umum"), dinas.request()
    for _ in range(2):
        dinas.runtime.comment(case, "Sudah dihubungi.", actor=actor, request=request)
    assert dinas.told(case)[CommentAdded.type] == 1


def test_an_auditor_a_stranger_and_another_agency_can_not_comment() -> None:
    dinas, case = begun()
    dinas.hire("auditor", roles=frozenset({Role.AUDITOR}))
    dinas.hire("orang")
    before = dinas.at_rest(case)
    for login, kind in (("auditor", NotAllowed), ("orang", NotFound), ("tamu", NotFound)):
        with pytest.raises(kind):
            remark(dinas, case, "x", login)
    assert dinas.at_rest(case) == before


def test_a_head_comments_on_the_cases_of_those_who_answer_to_the_head() -> None:
    dinas, case = begun()
    dinas.hire("pimpinan")
    chief = dataclasses.replace(dinas.person("pimpinan"), led=dinas.person("umum").posts)
    dinas.runtime.comment(case, "Segerakan.", actor=chief, request=dinas.request())
    assert dinas.told(case)[CommentAdded.type] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [(" \n\t ", "comment_missing"), ("x" * (MAX_COMMENT + 1), "comment_long")],
    ids=["empty", "long"],
)
def test_an_empty_or_a_very_long_comment_is_refused(text: str, code: str) -> None:
    dinas, case = begun()
    before = dinas.at_rest(case)
    with pytest.raises(InvalidSubmission) as refused:
        remark(dinas, case, text, "umum")
    assert refused.value.code == code
    assert dinas.at_rest(case) == before


def test_a_comment_names_no_task_of_another_case() -> None:
    dinas, case = begun()
    other = dinas.start(dinas.case(case).definition, "umum")
    for task in (dinas.task(other).id, UserTaskId(f"{case}-99"), UserTaskId("x")):
        with pytest.raises(NotFound):
            remark(dinas, case, "x", "umum", task=task)
