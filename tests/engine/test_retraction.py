"""Tarik kembali: who sent a step takes it back until the next person has opened it."""

from __future__ import annotations

from engine_office import POSTS
from retraction_kit import BOTH, WAY, begun, handed_on, open_task, refused, retract, sent

from engine.chain import commitment
from engine.errors import CommandRejected
from engine.history import UserTaskRetracted, VariablesChanged
from engine.store import InstanceState
from engine.testing import example_office, example_post
from engine.user_task import TaskState


def test_a_sent_step_waits_again_with_its_sender_and_the_data_are_as_before() -> None:
    dinas, case, first = sent()
    following = dinas.task(case)
    retract(dinas, first.id, "umum")
    again = dinas.task(case)
    assert (again.element, again.holder, again.state) == ("isi", "umum", TaskState.CLAIMED)
    assert again.id != first.id
    assert dict(dinas.values(case)) == {"perihal": None, "nomor": None, "keputusan": None}
    assert dinas.any_task(following.id).state is TaskState.CANCELLED
    assert dinas.any_task(first.id).state is TaskState.CANCELLED


def test_what_was_taken_back_is_sent_again_and_the_case_goes_on() -> None:
    dinas, case, first = sent()
    retract(dinas, first.id, "umum")
    dinas.complete(dinas.task(case), "umum", perihal="Rapat kerja")
    dinas.complete(dinas.task(case), "kepala", keputusan="setuju")
    assert dinas.case(case).state is InstanceState.COMPLETED
    assert dinas.values(case)["perihal"] == "Rapat kerja"


def test_a_step_sent_again_can_be_taken_back_again() -> None:
    dinas, case, task = sent()
    for _ in range(3):
        retract(dinas, task.id, "umum")
        task = dinas.task(case)
        dinas.complete(task, "umum", perihal="Lagi")
    assert dinas.task(case).element == "periksa"


def test_the_history_says_who_took_it_back_and_why() -> None:
    dinas, case, first = sent()
    end = dinas.case(case).head.seq
    retract(dinas, first.id, "umum", "  salah lampiran ")
    lead = dinas.records(case)[end]
    assert lead.by is not None
    assert lead.by.person == "umum"
    assert lead.event == UserTaskRetracted(
        task=first.id, restored=dinas.task(case).id, reason="salah lampiran"
    )
    assert all(record.cause == lead.seq for record in dinas.records(case)[end + 1 :])


def test_the_restored_step_is_sent_by_who_sent_the_case_there_first() -> None:
    lines = WAY.replace("periksa -> selesai", "periksa -> lain")
    dinas, case, _ = sent(lines)
    checked = dinas.task(case)
    dinas.complete(checked, "kepala", keputusan="ya")
    assert dinas.task(case).sender_id == "kepala"
    retract(dinas, checked.id, "kepala")
    again = dinas.task(case)
    assert (again.element, again.holder) == ("periksa", "kepala")
    assert (again.sender, again.sender_id) == (checked.sender, "umum")


def test_the_way_that_was_taken_back_counts_as_never_taken() -> None:
    dinas, case = begun()
    before = dinas.at(case)
    first = dinas.task(case)
    dinas.complete(first, "umum", perihal="Rapat")
    assert dinas.at(case).visits["", "isi"] == 1
    retract(dinas, first.id, "umum")
    after = dinas.at(case)
    assert (after.visits, after.flows) == (before.visits, before.flows)
    dinas.complete(dinas.task(case), "umum")
    assert dinas.at(case).visits["", "isi"] == 1
    assert dinas.task(case).element == "lain"


def test_number_and_subject_are_as_before() -> None:
    names = {"perkara.nomor": "nomor", "perkara.perihal": "perihal"}
    dinas, case, first = sent(WAY, None, **names)
    assert (dinas.case(case).number, dinas.case(case).subject) == ("1", "Rapat")
    retract(dinas, first.id, "umum")
    assert (dinas.case(case).number, dinas.case(case).subject) == ("", "")


def test_personal_values_that_were_there_before_are_there_again_and_stay_out_of_the_chain() -> None:
    lines = WAY.replace("user isi", "user awal formRef=isi\n user isi")
    lines = lines.replace("mulai -> isi", "mulai -> awal\n awal -> isi")
    dinas, case = begun(lines, personal="perihal")
    dinas.complete(dinas.task(case, "awal"), "umum", perihal="Nama Lama")
    second = dinas.task(case, "isi")
    dinas.complete(second, "umum", perihal="Nama Baru")
    retract(dinas, second.id, "umum")
    assert dinas.values(case)["perihal"] == "Nama Lama"
    assert not any(b"Nama" in record.data for record in dinas.records(case))
    changes = [r for r in dinas.records(case) if isinstance(r.event, VariablesChanged)]
    kept = dinas.store._tables.personal[changes[-1].chain, changes[-1].seq, "perihal"]
    assert changes[-1].event.personal == {"perihal": commitment(kept.salt, kept.value)}


def test_who_sent_it_may_open_and_take_the_next_task_and_still_take_it_back() -> None:
    dinas, case, first = sent(lanes={})
    open_task(dinas, dinas.task(case), "umum")
    dinas.claim(dinas.task(case), "umum")
    retract(dinas, first.id, "umum")
    assert dinas.task(case).element == "isi"


def test_a_task_that_was_only_given_to_somebody_is_not_yet_opened() -> None:
    dinas, case, first = sent(WAY.replace("formRef=periksa", "formRef=periksa assignee=kepala"))
    assert dinas.task(case).holder == "kepala"
    retract(dinas, first.id, "umum")
    dinas, case, first = sent()
    dinas.assign(dinas.task(case), "kepala", by="pengawas")
    retract(dinas, first.id, "umum")


def test_comments_in_between_hinder_nobody() -> None:
    dinas, case, first = sent()
    dinas.runtime.comment(case, "Segera", actor=dinas.person("kepala"), request=dinas.request())
    retract(dinas, first.id, "umum")


def test_a_colleague_takes_it_back_when_the_sender_stands_for_the_lane_no_more() -> None:
    dinas, case, first = sent()
    moved = [p if p.id != "umum" else example_post("umum", "arsip") for p in POSTS]
    dinas.runtime.set_up(example_office(*moved))
    assert refused(dinas, case, first.id, "umum", CommandRejected).code == "lane_lost"
    retract(dinas, first.id, "bidang")
    assert dinas.task(case).holder == "bidang"


def test_the_same_request_sent_twice_takes_back_once() -> None:
    dinas, case, first = sent()
    actor, request, revision = dinas.person("umum"), dinas.request(), 2
    for _ in range(2):
        dinas.runtime.retract(first.id, "salah", actor=actor, request=request, revision=revision)
    assert dinas.told(case)["user_task_retracted"] == 1


def test_a_join_that_fired_is_undone_and_fires_again() -> None:
    dinas, case, _ = sent(BOTH, {})
    second = dinas.task(case, "dua")
    dinas.complete(second, "bidang")
    assert dinas.task(case).element == "isi"
    retract(dinas, second.id, "bidang")
    assert [task.element for task in dinas.tasks(case)] == ["dua"]
    dinas.complete(dinas.task(case), "bidang")
    assert dinas.task(case).element == "isi"


def test_a_subprocess_that_was_left_is_entered_again_with_its_data() -> None:
    lines = """
        start mulai
        sub dalam
        start a inside dalam
        user isi formRef=isi inside dalam
        script hitung script="1" scriptFormat=feel resultVariable=lokal inside dalam
        end b inside dalam
        manual sesudah
        end selesai
        mulai -> dalam
        a -> isi
        isi -> hitung
        hitung -> b
        dalam -> sesudah
        sesudah -> selesai
    """
    dinas, case, first = sent(lines, {})
    assert dinas.task(case).element == "sesudah"
    retract(dinas, first.id, "umum")
    assert dinas.task(case).element == "isi"
    dinas.complete(dinas.task(case), "umum", perihal="Lagi")
    dinas.complete(dinas.task(case, "sesudah"), "umum")
    assert dinas.case(case).state is InstanceState.COMPLETED


def test_a_finished_round_of_a_repetition_is_taken_back_in_its_place() -> None:
    lines = """
        start mulai
        manual kerja each==[1,2,3] item=butir sequential=true
        end selesai
        mulai -> kerja
        kerja -> selesai
    """
    dinas, case, first = sent(lines, {})
    retract(dinas, first.id, "umum")
    scopes = [dict(dinas.at(case).variables(n)) for n in dinas.at(case).scopes]
    assert [s["butir"] for s in scopes if "butir" in s] == [1]
    for _ in range(3):
        dinas.complete(dinas.task(case), "umum")
    assert dinas.case(case).state is InstanceState.COMPLETED


def test_cases_that_the_step_began_are_stopped_with_it() -> None:
    dinas, case, task, linked = handed_on("bidang", "kepala")
    retract(dinas, task.id, "umum")
    assert len(linked) == 2
    for child in linked:
        assert dinas.case(dinas.agree(child)).state is InstanceState.CANCELLED
        assert dinas.tasks(child) == ()
        lead = next(r for r in dinas.records(child) if r.event.type == "instance_cancelled")
        assert (lead.by and lead.by.person, lead.request) == ("umum", None)
    assert dinas.task(case).element == "baca"


def test_a_step_that_ended_its_case_by_handing_it_on_is_taken_back_and_the_case_runs_again() -> (
    None
):
    dinas, _, _, (child,) = handed_on("umum")
    task = dinas.task(child)
    dinas.complete(task, "umum", oleh="bidang")
    assert dinas.case(child).state is InstanceState.COMPLETED
    retract(dinas, task.id, "umum")
    case = dinas.case(child)
    assert (case.state, case.ended_at) == (InstanceState.RUNNING, None)
    assert dinas.at(child).state is InstanceState.RUNNING
    dinas.complete(dinas.task(child), "umum", oleh="kepala")
    assert dinas.case(child).state is InstanceState.COMPLETED
    assert dinas.told(child)["instance_completed"] == 2
