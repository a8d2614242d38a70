from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.commands.commands import MAX_REASON
from engine.errors import InvalidSubmission, NotAllowed, NotFound, WrongState
from engine.store import InstanceState
from engine.user_task import TaskState

if TYPE_CHECKING:
    from engine.ids import InstanceId

BRANCHES = """
    start mulai
    and bagi
    manual satu
    manual dua
    {end} tutup
    end selesai
    mulai -> bagi
    bagi -> satu
    bagi -> dua
    satu -> tutup
    dua -> selesai
"""


def begun(end: str = "end") -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    source = drawn(BRANCHES.format(end=end), lanes={"kepala": "dua"})
    return dinas, dinas.start(dinas.deploy_one({"p.bpmn": source}).id, "umum")


@pytest.mark.parametrize("login", ["umum", "pengawas"])
def test_a_stopped_case_has_no_open_task_left_and_says_why(login: str) -> None:
    dinas, case = begun()
    tasks = dinas.tasks(case)
    dinas.claim(dinas.task(case, "satu"), "umum")
    dinas.cancel(case, "  Permohonan ditarik.  ", login)
    stored = dinas.case(case)
    assert (stored.state, stored.ended_at) == (InstanceState.CANCELLED, dinas.clock.now())
    assert dinas.tasks(case) == ()
    assert {dinas.any_task(t.id).state for t in tasks} == {TaskState.CANCELLED}
    assert dinas.told(case)["user_task_cancelled"] == 2
    lead = next(r for r in dinas.records(case) if r.event.type == "instance_cancelled")
    assert (lead.event, lead.by is not None) == (
        type(lead.event)(reason="Permohonan ditarik."),
        True,
    )


def test_a_task_of_a_stopped_case_is_no_longer_needed() -> None:
    dinas, case = begun()
    task = dinas.task(case, "satu")
    dinas.cancel(case, "x", "umum")
    with pytest.raises(WrongState) as refused:
        dinas.complete(task, "umum")
    assert refused.value.code == "task_cancelled"


def test_a_case_that_is_over_is_not_stopped() -> None:
    dinas, case = begun()
    dinas.complete(dinas.task(case, "satu"), "umum")
    dinas.complete(dinas.task(case, "dua"), "kepala")
    before = dinas.at_rest(case)
    with pytest.raises(WrongState) as refused:
        dinas.cancel(case, "x", "umum")
    assert refused.value.code == "instance_ended"
    assert dinas.at_rest(case) == before


def test_who_has_a_part_but_may_not_start_stops_no_case() -> None:
    dinas, case = begun()
    with pytest.raises(NotAllowed) as refused:
        dinas.cancel(case, "x", "kepala")
    assert refused.value.code == "not_allowed_cancel"


def test_for_people_without_a_part_the_case_is_not_there() -> None:
    dinas, case = begun()
    dinas.hire("auditor")
    for login in ("tamu", "auditor"):
        with pytest.raises(NotFound):
            dinas.cancel(case, "x", login)


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "reason_missing"), (" \n ", "reason_missing"), ("x" * (MAX_REASON + 1), "reason_long")],
)
def test_a_case_is_stopped_for_a_reason_of_sensible_length(reason: str, code: str) -> None:
    dinas, case = begun()
    before = dinas.at_rest(case)
    with pytest.raises(InvalidSubmission) as refused:
        dinas.cancel(case, reason, "umum")
    assert refused.value.code == code
    assert dinas.at_rest(case) == before


def test_a_terminate_end_takes_the_other_tasks_away() -> None:
    dinas, case = begun("terminate")
    other = dinas.task(case, "dua")
    dinas.complete(dinas.task(case, "satu"), "umum")
    assert dinas.case(case).state is InstanceState.COMPLETED
    gone = dinas.any_task(other.id)
    assert (gone.state, gone.revision) == (TaskState.CANCELLED, 2)
    with pytest.raises(WrongState) as refused:
        dinas.complete(other, "kepala")
    assert refused.value.code == "task_cancelled"


def test_a_plain_end_leaves_the_other_branch_to_its_people() -> None:
    dinas, case = begun()
    dinas.complete(dinas.task(case, "satu"), "umum")
    assert dinas.case(case).state is InstanceState.RUNNING
    assert dinas.task(case).element == "dua"
