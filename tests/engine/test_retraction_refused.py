"""Tarik kembali is refused, with who and when, once it would take something away from somebody else."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from retraction_kit import BOTH, handed_on, open_task, refused, retract, sent

from engine.errors import CommandRejected, Conflict, InvalidSubmission, NotAllowed, NotFound
from engine.history import LetterNumberConfirmed, LetterNumberVoided
from engine.retraction import find_step
from engine.store import InstanceState


def test_once_the_next_person_has_opened_it_it_stays() -> None:
    dinas, case, first = sent()
    dinas.clock.advance(timedelta(minutes=5))
    open_task(dinas, dinas.task(case), "kepala")
    error = refused(dinas, case, first.id, "umum", CommandRejected)
    assert error.code == "retraction_opened"
    assert error.params == {"who": "Nama kepala", "at": "2026-11-21T05:05:00.000000Z"}


def test_once_somebody_else_has_taken_the_next_task_it_stays() -> None:
    dinas, case, first = sent()
    dinas.claim(dinas.task(case), "kepala")
    dinas.unclaim(dinas.task(case), "kepala")
    assert refused(dinas, case, first.id, "umum", CommandRejected).code == "retraction_opened"


def test_a_colleague_may_not_take_it_back_while_the_sender_stands_for_the_lane() -> None:
    dinas, case, first = sent()
    error = refused(dinas, case, first.id, "bidang", NotAllowed)
    assert (error.code, error.params["who"]) == ("retraction_not_sender", "Nama umum")


@pytest.mark.parametrize("login", ["kepala", "pengawas", "tamu"])
def test_for_who_has_no_part_in_the_lane_there_is_nothing_to_take_back(login: str) -> None:
    dinas, case, first = sent()
    refused(dinas, case, first.id, login, NotFound)


def test_a_reason_must_be_given() -> None:
    dinas, case, first = sent()
    before = dinas.at_rest(case)
    with pytest.raises(InvalidSubmission) as caught:
        retract(dinas, first.id, "umum", " ")
    assert caught.value.code == "reason_missing"
    assert dinas.at_rest(case) == before


def test_taken_back_twice_it_is_refused_the_second_time() -> None:
    dinas, case, first = sent()
    retract(dinas, first.id, "umum")
    assert refused(dinas, case, first.id, "umum", CommandRejected).code == "retraction_not_sent"


def test_a_page_that_shows_the_task_before_it_was_sent_takes_nothing_back() -> None:
    dinas, _, first = sent()
    with pytest.raises(Conflict) as caught:
        dinas.runtime.retract(
            first.id, "x", actor=dinas.person("umum"), request=dinas.request(), revision=1
        )
    assert caught.value.code == "task_changed"


def test_an_open_task_can_not_be_taken_back() -> None:
    dinas, case, _ = sent()
    task = dinas.task(case)
    assert refused(dinas, case, task.id, "kepala", CommandRejected).code == "retraction_not_sent"


def test_of_two_branches_only_what_was_sent_last_is_taken_back() -> None:
    dinas, case, first = sent(BOTH, {})
    second = dinas.task(case, "dua")
    dinas.complete(second, "bidang")
    error = refused(dinas, case, first.id, "umum", CommandRejected)
    assert (error.code, error.params["who"]) == ("retraction_overtaken", "Nama bidang")


def test_a_step_that_ended_the_case_stays() -> None:
    dinas, case, _ = sent()
    last = dinas.task(case)
    dinas.complete(last, "kepala", keputusan="ya")
    assert refused(dinas, case, last.id, "kepala", CommandRejected).code == "instance_ended"


def test_a_step_that_stopped_the_task_of_another_stays() -> None:
    lines = """
        start mulai
        sub dalam
        start a inside dalam
        and bagi inside dalam
        manual satu inside dalam
        manual dua inside dalam
        terminate b inside dalam
        end c inside dalam
        manual sesudah
        end selesai
        mulai -> dalam
        a -> bagi
        bagi -> satu
        bagi -> dua
        satu -> b
        dua -> c
        dalam -> sesudah
        sesudah -> selesai
    """
    dinas, case, first = sent(lines, {})
    assert first.element == "satu"
    error = refused(dinas, case, first.id, "umum", CommandRejected)
    assert error.code == "retraction_stopped_others"


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (LetterNumberConfirmed(id="n", register="keluar", number="1/A"), "retraction_number"),
        (
            LetterNumberVoided(id="n", register="k", number="1", cause="by_hand", reason="x"),
            "retraction_bound",
        ),
    ],
)
def test_a_step_with_consequences_that_can_not_be_undone_stays(event: object, code: str) -> None:
    dinas, case, first = sent()
    records = dinas.records(case)
    beside = dataclasses.replace(records[-1], event=event)
    with pytest.raises(CommandRejected) as caught:
        find_step((*records[:-1], beside), first.id)
    assert caught.value.code == code


def test_once_somebody_has_opened_a_case_that_the_step_began_it_stays() -> None:
    dinas, case, task, linked = handed_on("umum", "bidang")
    open_task(dinas, dinas.task(linked[1]), "bidang")
    error = refused(dinas, case, task.id, "umum", CommandRejected)
    assert (error.code, error.params["who"]) == ("retraction_linked", "Nama bidang")
    assert [dinas.case(child).state for child in linked] == [InstanceState.RUNNING] * 2


def test_once_a_case_that_the_step_began_has_gone_on_it_stays() -> None:
    dinas, case, task, (child,) = handed_on("umum")
    dinas.complete(dinas.task(child), "umum", catatan="sudah")
    assert dinas.case(child).state is InstanceState.COMPLETED
    assert refused(dinas, case, task.id, "umum", CommandRejected).code == "retraction_linked"
