"""Who is told of a deadline that is near or over, when, and that it is once."""

from __future__ import annotations

from datetime import date, timedelta

from calendar_kit import TimedDinas, local, text_of
from roster_kit import post

from engine.actor import Acting
from engine.history import UserTaskEscalated, UserTaskReminded
from engine.ids import PersonId
from engine.office import Holding
from engine.user_task import DueTold

OFFICE = (
    post("dinas", "kepala", unit="pimpinan"),
    post("kabid", "kepala_bidang", superior="dinas", unit="bidang"),
    post("staf", "petugas", superior="kabid", unit="bidang"),
    post("tata", "petugas", superior="dinas", unit="sekretariat"),
)


def office(length: str = "P3D", given: str = "") -> TimedDinas:
    dinas = TimedDinas(*OFFICE, length=length, given=given)
    dinas.confirm(2026)
    return dinas


def told(dinas: TimedDinas, case: str) -> list[str]:
    types = {UserTaskReminded.type, UserTaskEscalated.type}
    return [r.event.type for r in dinas.store.list_records(case) if r.event.type in types]


def heads(dinas: TimedDinas, case: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    event = dinas.store.list_records(case)[-1].event
    assert isinstance(event, UserTaskEscalated)
    return event.heads, event.posts


# reminders: due Thursday 2026-11-26 16.00, told from Wednesday 07.30 on


def test_a_task_is_reminded_of_from_the_working_day_before_and_once() -> None:
    dinas = office()
    case = dinas.begin("staf")
    task = dinas.task(case).id
    dinas.clock.set(local("2026-11-25 07:29"))
    assert not dinas.runtime.remind(task)
    dinas.clock.set(local("2026-11-25 07:30"))
    assert dinas.runtime.remind(task)
    assert not dinas.runtime.remind(task)
    dinas.agree(case)
    assert told(dinas, case) == ["user_task_reminded"]
    assert dinas.records(case)[-1].event == UserTaskReminded(
        task=task, due=text_of("2026-11-26 16:00")
    )
    assert dinas.task(case).revision == 1


def test_a_task_that_came_after_its_reminder_was_due_is_not_reminded_of() -> None:
    dinas = office("P1D")
    dinas.clock.set(local("2026-11-23 09:00"))
    case = dinas.begin("staf")  # due tomorrow: the reminder would have been this morning
    dinas.clock.advance(timedelta(minutes=1))
    assert not dinas.runtime.remind(dinas.task(case).id)


def test_a_reminder_may_come_earlier_or_never_as_the_office_sets_it() -> None:
    dinas = office()
    case = dinas.begin("staf")
    task = dinas.task(case).id
    dinas.clock.set(local("2026-11-24 08:00"))
    assert not dinas.runtime.remind(task)
    dinas.set_rules(reminds_before=2)
    assert dinas.runtime.remind(task)
    other = office()
    case = other.begin("staf")
    other.set_rules(reminds_before=0)
    other.clock.set(local("2026-11-25 08:00"))
    assert not other.runtime.remind(other.task(case).id)


def test_a_deadline_that_moved_is_reminded_of_anew() -> None:
    dinas = office()
    case = dinas.begin("staf")
    task = dinas.task(case).id
    dinas.clock.set(local("2026-11-25 08:00"))
    assert dinas.runtime.remind(task)
    dinas.close(date(2026, 11, 26))
    dinas.runtime.move_deadlines(case)
    assert dinas.runtime.remind(task), "it is due on Friday, and the working day before is today"
    assert not dinas.runtime.remind(task)
    assert told(dinas, case) == ["user_task_reminded"] * 2


def test_what_is_over_is_not_reminded_of() -> None:
    dinas = office()
    case = dinas.begin("staf")
    task = dinas.task(case)
    dinas.clock.set(local("2026-11-25 08:00"))
    dinas.complete(task, "staf")
    assert not dinas.runtime.remind(task.id)
    assert not dinas.runtime.escalate(task.id)


# escalation


def test_the_head_of_who_has_a_late_task_is_told_once() -> None:
    dinas = office()
    case = dinas.begin("staf")
    dinas.claim(dinas.task(case), "staf")
    task = dinas.task(case).id
    dinas.clock.set(local("2026-11-26 16:00"))
    assert not dinas.runtime.escalate(task), "it is due, not late"
    dinas.clock.advance(timedelta(seconds=1))
    assert dinas.runtime.escalate(task)
    assert not dinas.runtime.escalate(task)
    assert heads(dinas, case) == (("kabid",), ("Kabid",))
    assert not dinas.runtime.remind(task), "what is late is not near"
    assert dinas.task(case).due_told is DueTold.ESCALATED


def test_of_a_free_task_the_heads_of_all_posts_that_may_take_it_are_told() -> None:
    dinas = office()
    case = dinas.begin("staf")
    dinas.clock.set(local("2026-11-27 08:00"))
    assert dinas.runtime.escalate(dinas.task(case).id)
    assert sorted(heads(dinas, case)[0]) == ["dinas", "kabid"]


def test_of_a_narrowed_task_only_the_head_of_those_who_may_take_it_is_told() -> None:
    dinas = office(given="candidateGroups=sekretariat")
    case = dinas.begin("staf")
    dinas.clock.set(local("2026-11-27 08:00"))
    assert dinas.runtime.escalate(dinas.task(case).id)
    assert heads(dinas, case)[0] == ("dinas",)


def test_a_deputy_of_the_head_is_told_too_and_called_so() -> None:
    dinas = office()
    case = dinas.begin("staf")
    dinas.claim(dinas.task(case), "staf")
    deputy = Holding(
        person=PersonId("tata"),
        post=OFFICE[1].id,
        held_from=dinas.clock.now(),
        held_to=dinas.clock.now() + timedelta(days=30),
        acting=Acting.PLH,
        letter="800/1",
    )
    dinas.runtime.enrol((), (deputy,), actor=dinas.person("admin"), request=dinas.request())
    dinas.clock.set(local("2026-11-27 08:00"))
    dinas.runtime.escalate(dinas.task(case).id)
    assert heads(dinas, case) == (("kabid", "tata"), ("Kabid", "Plh. Kabid"))


def test_a_post_above_that_nobody_holds_is_passed_by() -> None:
    dinas = office()
    case = dinas.begin("staf")
    dinas.claim(dinas.task(case), "staf")
    held = dinas.store.transact(lambda tx: tx.get_roster(dinas.map.agency)).list_held(
        PersonId("kabid")
    )
    dinas.runtime.end_holding(held[0], None, actor=dinas.person("admin"), request=dinas.request())
    dinas.clock.set(local("2026-11-27 08:00"))
    dinas.runtime.escalate(dinas.task(case).id)
    assert heads(dinas, case)[0] == ("dinas",)


def test_above_the_head_of_the_office_is_nobody_and_the_history_says_so() -> None:
    dinas = TimedDinas(post("dinas", "petugas"), length="P1D")
    case = dinas.begin("dinas")
    dinas.clock.set(local("2026-11-27 08:00"))
    assert dinas.runtime.escalate(dinas.task(case).id)
    assert heads(dinas, case) == ((), ())
    assert not dinas.runtime.escalate(dinas.task(case).id)


def test_an_office_that_wants_no_escalation_has_none() -> None:
    dinas = office()
    case = dinas.begin("staf")
    dinas.set_rules(escalates=False)
    dinas.clock.set(local("2026-11-27 08:00"))
    assert not dinas.runtime.escalate(dinas.task(case).id)
    assert told(dinas, case) == []
