"""The administrator's commands: signed, once, by an administrator of now; and what leaves a person's desk by them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from engine_office import Dinas
from roster_kit import registration

from engine.actor import Acting, Role, Unit
from engine.errors import CommandRejected, Conflict, InvalidSubmission, NotAllowed, NotFound
from engine.history import HoldingStarted, TasksReassigned, UserTaskAssigned, UserTaskUnclaimed
from engine.ids import AgencyId, PersonId, PostId, RequestId, UnitId
from engine.office import Handover, Holding, Roster, mark
from engine.testing import example_post
from engine.user_task import TaskState

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.actor import Actor
    from engine.ids import InstanceId

STEP = """
    start mulai
    manual kerja
    end selesai
    mulai -> kerja
    kerja -> selesai
"""
UMUM, BIDANG = PersonId("umum"), PersonId("bidang")


@pytest.fixture
def dinas() -> Dinas:
    """Give the office with an administrator."""
    dinas = Dinas()
    dinas.hire("admin", roles=frozenset({Role.ADMINISTRATOR}))
    return dinas


def roster(dinas: Dinas) -> Roster:
    return dinas.store.transact(lambda tx: tx.get_roster(AgencyId("contoh")))


def by(dinas: Dinas, login: str = "admin", request: str = "") -> dict[str, Actor | RequestId]:
    """Give who acts, and under which request."""
    own = RequestId(request) if request else dinas.request()
    return {"actor": dinas.person(login), "request": own}


def refusal(command: Callable[..., object], *arguments: object, **named: object) -> CommandRejected:
    """Give the error of a command that must be refused."""
    with pytest.raises(CommandRejected) as refused:
        command(*arguments, **named)
    return refused.value


def held(dinas: Dinas, person: PersonId) -> Holding:
    """Give the only holding of a person."""
    (found,) = roster(dinas).list_held(person)
    return found


def begun(dinas: Dinas, *logins: str) -> list[InstanceId]:
    """Start a case for each login, its task taken by it."""
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    cases = [dinas.start(definition.id, "umum") for _ in logins]
    for case, login in zip(cases, logins, strict=True):
        dinas.claim(dinas.task(case), login)
    return cases


def unit(name: str = "Bidang Baru") -> Unit:
    return Unit(id=UnitId("baru"), name=name)


COMMANDS: dict[str, Callable[[Dinas, dict[str, object]], object]] = {
    "save_unit": lambda d, by: d.runtime.save_unit(unit(), seen=None, **by),
    "close_unit": lambda d, by: d.runtime.close_unit(UnitId("bidang"), **by),
    "save_post": lambda d, by: d.runtime.save_post(
        example_post("arsip", unit="bidang"), 5, seen=None, **by
    ),
    "close_post": lambda d, by: d.runtime.close_post(PostId("umum"), **by),
    "enrol": lambda d, by: d.runtime.enrol([registration("baru")], **by),
    "change_person": lambda d, by: d.runtime.change_person(
        roster(d).get_person(UMUM), seen=mark(roster(d).get_person(UMUM)), **by
    ),
    "open_person": lambda d, by: d.runtime.open_person(UMUM, **by),
    "close_person": lambda d, by: d.runtime.close_person(UMUM, Handover(reason="pindah"), **by),
    "start_holding": lambda d, by: d.runtime.start_holding(
        Holding(person=UMUM, post=PostId("kepala"), held_from=d.clock.now()), **by
    ),
    "end_holding": lambda d, by: d.runtime.end_holding(held(d, UMUM), None, **by),
    "hand_over": lambda d, by: d.runtime.hand_over(UMUM, Handover(reason="sakit"), **by),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("login", ["umum", "pengawas"])
def test_only_an_administrator_changes_the_office(dinas: Dinas, name: str, login: str) -> None:
    before = dinas.office_records()
    error = refusal(COMMANDS[name], dinas, by(dinas, login))
    assert (type(error), error.code) == (NotAllowed, "not_administrator")
    assert dinas.office_records() == before


@pytest.mark.parametrize("name", COMMANDS)
def test_an_administrator_of_another_agency_finds_nothing_here(dinas: Dinas, name: str) -> None:
    dinas.hire("orang", agency="lain", roles=frozenset({Role.ADMINISTRATOR}))
    before = dinas.office_records()
    found = roster(dinas)
    if name in ("save_unit", "save_post", "enrol"):
        return  # these make something of their own agency
    assert isinstance(refusal(COMMANDS[name], dinas, by(dinas, "orang")), NotFound)
    assert (roster(dinas), dinas.office_records()) == (found, before)


def test_an_administrator_whose_role_was_taken_acts_no_more_though_signed_in(dinas: Dinas) -> None:
    dinas.hire("lama", roles=frozenset({Role.ADMINISTRATOR}))
    old = by(dinas, "lama")
    entry = roster(dinas).get_person(PersonId("lama"))
    staff = dataclasses.replace(entry, roles=frozenset({Role.STAFF}))
    dinas.runtime.change_person(staff, seen=mark(entry), **by(dinas))
    assert refusal(COMMANDS["save_unit"], dinas, old).code == "not_administrator"


def test_an_act_sent_twice_is_done_once(dinas: Dinas) -> None:
    twice = by(dinas, request="sekali")
    for _ in range(2):
        dinas.runtime.save_unit(unit(), seen=None, **twice)
    told = [r for r in dinas.office_records() if r.request == "sekali"]
    assert [(r.event.type, r.by and r.by.person) for r in told] == [("unit_saved", "admin")]
    other = {**twice, "actor": dinas.person("pengawas")}
    assert refusal(COMMANDS["close_unit"], dinas, other).code == "request_reused"


def test_an_act_that_changes_nothing_leaves_no_record(dinas: Dinas) -> None:
    before = dinas.office_records()
    COMMANDS["change_person"](dinas, by(dinas))
    dinas.runtime.hand_over(UMUM, Handover(reason="sakit"), **by(dinas))
    assert dinas.office_records() == before


def test_persons_and_posts_are_enrolled_all_or_none(dinas: Dinas) -> None:
    new = [registration("satu"), registration("dua")]
    begin = [Holding(person=PersonId("satu"), post=PostId("umum"), held_from=dinas.clock.now())]
    wrong = [*begin, dataclasses.replace(begin[0], post=PostId("tidak_ada"))]
    before = roster(dinas), dinas.office_records()
    assert refusal(dinas.runtime.enrol, new, wrong, **by(dinas)).code == "not_found"
    assert (roster(dinas), dinas.office_records()) == before
    dinas.runtime.enrol(new, begin, **by(dinas))
    assert [post.id for post in dinas.person("satu").posts] == ["umum"]
    told = [r.event.type for r in dinas.office_records()][-3:]
    assert told == ["person_registered", "person_registered", "holding_started"]


def test_a_post_begun_counts_from_the_next_command_and_a_deputy_signs_as_one(dinas: Dinas) -> None:
    (case,) = begun(dinas, "bidang")
    dinas.unclaim(dinas.task(case), "bidang")
    deputy = Holding(
        person=PersonId("kepala"),
        post=PostId("umum"),
        held_from=dinas.clock.now(),
        held_to=dinas.clock.now() + timedelta(days=3),
        acting=Acting.PLH,
        letter="094/12/2026",
    )
    assert isinstance(refusal(dinas.claim, dinas.task(case), "kepala"), NotFound)
    dinas.runtime.start_holding(deputy, **by(dinas))
    assert isinstance(dinas.office_records()[-1].event, HoldingStarted)
    dinas.claim(dinas.task(case), "kepala")
    signature = dinas.records(case)[-1].by
    assert signature is not None
    assert (signature.post, signature.post_name) == ("umum", "Plh. umum")
    dinas.clock.advance(timedelta(days=3))
    for command in (dinas.unclaim, dinas.complete):
        error = refusal(command, dinas.task(case), "kepala")
        assert (type(error), error.code) == (NotAllowed, "lane_lost")


def test_a_closed_person_s_tasks_go_to_whom_each_was_given(dinas: Dinas) -> None:
    cases = begun(dinas, "umum", "umum", "bidang")
    first, second, other = (dinas.task(case) for case in cases)
    handover = Handover(tasks={first.id: BIDANG, second.id: None}, reason=" pensiun ")
    dinas.runtime.close_person(UMUM, handover, **by(dinas))
    assert [dinas.agree(case) for case in cases] == cases
    given, free, untouched = (dinas.task(case) for case in cases)
    assert (given.holder, given.holder_name) == ("bidang", "Nama bidang")
    assert (free.state, free.holder) == (TaskState.CREATED, None)
    assert untouched == other
    told = [dinas.records(case)[-1] for case in cases[:2]]
    assert [record.event for record in told] == [
        UserTaskAssigned(task=first.id, to="bidang", to_name="Nama bidang", reason="pensiun"),
        UserTaskUnclaimed(task=second.id, reason="pensiun"),
    ]
    assert {record.by.name for record in told if record.by} == {"Nama admin"}
    types = [r.event.type for r in dinas.office_records()][-3:]
    assert types == ["person_closed", "holding_ended", "tasks_reassigned"]
    with pytest.raises(NotFound):
        dinas.person("umum")


def test_a_task_that_nothing_was_decided_on_stops_the_whole_act(dinas: Dinas) -> None:
    cases = begun(dinas, "umum", "umum")
    before = roster(dinas), dinas.office_records(), [dinas.at_rest(case) for case in cases]
    one = Handover(tasks={dinas.task(cases[0]).id: None}, reason="pensiun")
    error = refusal(dinas.runtime.close_person, UMUM, one, **by(dinas))
    assert (type(error), error.code, error.params) == (Conflict, "handover_changed", {"count": 1})
    error = refusal(dinas.runtime.end_holding, held(dinas, UMUM), None, one, **by(dinas))
    assert error.code == "handover_changed"
    after = roster(dinas), dinas.office_records(), [dinas.at_rest(case) for case in cases]
    assert after == before


@pytest.mark.parametrize(
    ("to", "kind"),
    [("kepala", NotAllowed), ("umum", NotFound), ("tamu", NotFound), ("siapa", NotFound)],
)
def test_a_task_is_handed_only_to_somebody_of_its_lane(
    dinas: Dinas, to: str, kind: type[CommandRejected]
) -> None:
    (case,) = begun(dinas, "umum")
    before = roster(dinas), dinas.office_records(), dinas.at_rest(case)
    handover = Handover(tasks={dinas.task(case).id: PersonId(to)}, reason="pensiun")
    assert isinstance(refusal(dinas.runtime.close_person, UMUM, handover, **by(dinas)), kind)
    assert (roster(dinas), dinas.office_records(), dinas.at_rest(case)) == before


def test_a_leaver_needs_a_reason(dinas: Dinas) -> None:
    error = refusal(dinas.runtime.close_person, UMUM, Handover(reason=" "), **by(dinas))
    assert (type(error), error.code) == (InvalidSubmission, "reason_missing")
    (case,) = begun(dinas, "umum")
    silent = Handover(tasks={dinas.task(case).id: None})
    assert refusal(dinas.runtime.hand_over, UMUM, silent, **by(dinas)).code == "reason_missing"


def test_a_post_that_ends_takes_only_the_tasks_of_lanes_that_are_lost(dinas: Dinas) -> None:
    (case,) = begun(dinas, "umum")
    now = dinas.clock.now()
    second = Holding(person=UMUM, post=PostId("bidang"), held_from=now)
    dinas.runtime.start_holding(second, **by(dinas))
    first = next(h for h in roster(dinas).list_held(UMUM) if h.post == "umum")
    dinas.runtime.end_holding(first, None, **by(dinas))
    assert dinas.task(case).holder == "umum"
    handover = Handover(tasks={dinas.task(case).id: BIDANG}, reason="mutasi")
    dinas.runtime.end_holding(second, None, handover, **by(dinas))
    assert dinas.task(case).holder == "bidang"
    last = dinas.office_records()[-1].event
    assert isinstance(last, TasksReassigned)
    assert (last.person, last.tasks, last.reason) == ("umum", (dinas.task(case).id,), "mutasi")


def test_an_end_to_come_takes_no_task_away(dinas: Dinas) -> None:
    (case,) = begun(dinas, "umum")
    tomorrow = dinas.clock.now() + timedelta(days=1)
    dinas.runtime.end_holding(held(dinas, UMUM), tomorrow, **by(dinas))
    assert dinas.task(case).holder == "umum"
    dinas.clock.set(tomorrow)
    assert refusal(dinas.complete, dinas.task(case), "umum").code == "lane_lost"


def test_tasks_of_somebody_absent_are_handed_over_and_the_others_stay(dinas: Dinas) -> None:
    cases = begun(dinas, "umum", "umum")
    first, second = (dinas.task(case) for case in cases)
    handover = Handover(tasks={first.id: BIDANG}, reason="sakit")
    twice = by(dinas, request="sakit")
    for _ in range(2):
        dinas.runtime.hand_over(UMUM, handover, **twice)
    assert [dinas.task(case).holder for case in cases] == ["bidang", "umum"]
    assert dinas.task(cases[1]) == second
    assert [dinas.agree(case) for case in cases] == cases


def test_a_task_put_aside_is_handed_over_as_one_to_be_done(dinas: Dinas) -> None:
    (case,) = begun(dinas, "umum")
    task = dinas.task(case)
    day = dinas.clock.now().date() + timedelta(days=9)
    dinas.runtime.postpone(task.id, day, revision=task.revision, **by(dinas, "umum"))
    handover = Handover(tasks={task.id: BIDANG}, reason="sakit")
    dinas.runtime.hand_over(UMUM, handover, **by(dinas))
    assert (dinas.task(case).holder, dinas.task(case).follow_up) == ("bidang", "")


def test_a_reopened_account_is_somebody_without_posts(dinas: Dinas) -> None:
    dinas.runtime.close_person(UMUM, Handover(reason="pindah"), **by(dinas))
    dinas.runtime.open_person(UMUM, **by(dinas))
    assert dinas.person("umum").posts == ()
    assert dinas.office_records()[-1].event.type == "person_opened"
