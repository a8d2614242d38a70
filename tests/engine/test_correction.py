"""Koreksi: fields of a form that was sent get other values, for a reason, while the case runs."""

from __future__ import annotations

import pytest
from correction_kit import FIRST, ISI, POSTS, WAY, correct, refused, sent, surveyed
from engine_maps import drawn, form_of
from engine_office import Dinas
from form_kit import DIGEST, form_file

from engine.actor import Role
from engine.errors import CommandRejected, Conflict, InvalidSubmission, NotFound
from engine.history import SubmissionCorrected, UserTaskClaimed, VariablesChanged
from engine.survey import Bar


def test_a_field_gets_another_value_and_the_history_says_who_and_why() -> None:
    dinas, case, task = sent()
    end = dinas.case(case).head.seq
    correct(dinas, task, "umum", perihal="Rapat kerja", reason=" salah ketik ")
    assert dinas.values(case)["perihal"] == "Rapat kerja"
    lead, changed = dinas.records(case)[end:]
    assert lead.by is not None
    assert (lead.by.person, lead.event) == (
        "umum",
        SubmissionCorrected(task=task.id, reason="salah ketik"),
    )
    assert changed.event == VariablesChanged(set={"perihal": "Rapat kerja"})


def test_no_step_is_done_again_and_the_tasks_stay_where_they_are() -> None:
    dinas, case, task = sent()
    before = dinas.tasks(case)
    correct(dinas, task, "umum", perihal="Rapat kerja")
    assert dinas.tasks(case) == before
    dinas.complete(dinas.task(case), "kepala", keputusan="ya")
    assert dinas.values(case)["perihal"] == "Rapat kerja"


def test_subject_and_secrecy_of_the_case_follow() -> None:
    dinas, case, task = sent()
    assert (dinas.case(case).subject, dinas.case(case).is_secret) == ("Rapat", False)
    correct(dinas, task, "umum", perihal="Rapat kerja", sifat="rahasia")
    assert (dinas.case(case).subject, dinas.case(case).is_secret) == ("Rapat kerja", True)


def test_a_corrected_personal_value_stays_out_of_the_chain() -> None:
    dinas, case, task = sent()
    correct(dinas, task, "umum", nama="Warga Baru")
    assert dinas.values(case)["nama"] == "Warga Baru"
    assert not any(b"Warga" in record.data for record in dinas.records(case))


def test_a_file_that_a_correction_brings_belongs_to_the_case() -> None:
    dinas, case, task = sent()
    file = {"name": "a.pdf", "digest": DIGEST, "size": 10, "type": "application/pdf"}
    correct(dinas, task, "umum", berkas=[file])
    assert dinas.store.list_files(case) == {DIGEST}


@pytest.mark.parametrize("login", ["umum", "bidang", "kepala"])
def test_who_may_do_the_step_or_leads_its_lane_may_correct_it(login: str) -> None:
    dinas, case, task = sent()
    correct(dinas, task, login, perihal="Rapat kerja")
    assert dinas.values(case)["perihal"] == "Rapat kerja"


@pytest.mark.parametrize("login", ["arsip", "pengawas", "tamu"])
def test_for_others_there_is_nothing_to_correct(login: str) -> None:
    dinas, _, task = sent()
    assert isinstance(refused(dinas, task, login, perihal="x"), NotFound)


def test_a_field_by_which_the_way_was_chosen_stays() -> None:
    dinas, case, task = sent()
    assert surveyed(dinas, case, task.id).barred == {"jenis": Bar.DECISION}
    error = refused(dinas, task, "umum", jenis="lain")
    assert (error.code, error.params["field"]) == ("correction_of_decision", "Jenis")


def test_such_a_field_may_be_sent_as_it_is() -> None:
    dinas, case, task = sent()
    correct(dinas, task, "umum", perihal="Rapat kerja", jenis="biasa")
    assert dinas.values(case)["perihal"] == "Rapat kerja"


def test_a_field_that_a_decision_ahead_will_read_can_still_be_corrected() -> None:
    lines = WAY.replace("isi -> pilih", "isi -> tunggu\n tunggu -> pilih")
    dinas, case, task = sent(lines.replace("xor", "manual tunggu\n xor"))
    assert surveyed(dinas, case, task.id).barred == {}
    correct(dinas, task, "umum", jenis="lain")
    dinas.complete(dinas.task(case, "tunggu"), "umum")
    assert dinas.task(case).element == "lain"
    assert surveyed(dinas, case, task.id).barred == {"jenis": Bar.DECISION}


def test_a_field_that_a_script_has_computed_with_stays() -> None:
    lines = """
        start mulai
        user isi formRef=isi
        script hitung script="jumlah * 2" scriptFormat=feel resultVariable=dua
        manual lain
        end selesai
        mulai -> isi
        isi -> hitung
        hitung -> lain
        lain -> selesai
    """
    dinas, _, task = sent(lines)
    assert refused(dinas, task, "umum", jumlah=4).code == "correction_of_decision"


def test_a_field_by_which_a_task_was_given_out_holds_for_tasks_to_come() -> None:
    lines = WAY.replace(
        "user periksa formRef=periksa", "user periksa formRef=periksa dueDate=${batas}"
    )
    form = form_file(
        {"type": "textfield", "key": "jenis", "label": "Jenis"},
        {"type": "datetime", "subtype": "date", "key": "batas", "dateLabel": "Batas"},
        id="isi",
    )
    dinas = Dinas(*POSTS)
    source = drawn(lines, lanes={"kepala": "periksa"})
    package = {"p.bpmn": source, "isi.form": form, "periksa.form": form_of("periksa", "keputusan")}
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    task = dinas.task(case)
    dinas.complete(task, "umum", jenis="biasa", batas="2026-12-01")
    assert surveyed(dinas, case, task.id).later == {"batas"}
    due = dinas.task(case).due_at
    correct(dinas, task, "umum", batas="2026-12-09")
    assert dinas.task(case).due_at == due


def test_a_field_that_a_later_form_sent_too_stays_even_with_the_same_value() -> None:
    again = form_of("periksa", "perihal")
    dinas, case, task = sent(periksa=again)
    assert "perihal" not in surveyed(dinas, case, task.id).barred
    checked = dinas.task(case)
    dinas.complete(checked, "kepala", perihal="Rapat")
    assert surveyed(dinas, case, task.id).barred["perihal"] is Bar.OVERWRITTEN
    assert refused(dinas, task, "umum", perihal="x").code == "correction_of_overwritten"
    correct(dinas, checked, "kepala", perihal="Rapat kerja")
    assert dinas.values(case)["perihal"] == "Rapat kerja"


def test_a_field_that_the_process_itself_has_set_again_stays() -> None:
    lines = """
        start mulai
        user isi formRef=isi
        script ubah script="1" scriptFormat=feel resultVariable=jumlah
        manual lain
        end selesai
        mulai -> isi
        isi -> ubah
        ubah -> lain
        lain -> selesai
    """
    dinas, case, task = sent(lines)
    assert surveyed(dinas, case, task.id).barred == {"jumlah": Bar.OVERWRITTEN}


def test_a_variable_that_is_gone_with_its_repetition_stays_gone() -> None:
    lines = """
        start mulai
        user isi formRef=isi each==[1,2] item=perihal
        end selesai
        mulai -> isi
        isi -> selesai
    """
    dinas = Dinas(*POSTS)
    package = {"p.bpmn": drawn(lines), "isi.form": ISI}
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    task = dinas.tasks(case)[0]
    dinas.complete(task, "umum", **FIRST)
    assert surveyed(dinas, case, task.id).barred == {"perihal": Bar.GONE}
    assert refused(dinas, task, "umum", perihal="x").code == "correction_of_gone"


def test_what_was_taken_back_stands_against_no_field() -> None:
    again = form_of("periksa", "perihal")
    dinas, case, task = sent(periksa=again)
    checked = dinas.task(case)
    dinas.complete(checked, "kepala", perihal="Lain")
    dinas.runtime.retract(
        checked.id,
        "salah",
        actor=dinas.person("kepala"),
        request=dinas.request(),
        revision=dinas.any_task(checked.id).revision,
    )
    assert "perihal" not in surveyed(dinas, case, task.id).barred
    correct(dinas, task, "umum", perihal="Rapat kerja")
    with pytest.raises(CommandRejected) as caught:
        surveyed(dinas, case, checked.id)
    assert caught.value.code == "correction_not_sent"


def test_what_was_corrected_can_not_be_taken_back() -> None:
    dinas, case, task = sent()
    correct(dinas, task, "bidang", perihal="Rapat kerja")
    with pytest.raises(CommandRejected) as caught:
        dinas.runtime.retract(
            task.id, "x", actor=dinas.person("umum"), request=dinas.request(), revision=2
        )
    assert (caught.value.code, caught.value.params["who"]) == (
        "retraction_overtaken",
        "Nama bidang",
    )
    assert dinas.values(case)["perihal"] == "Rapat kerja"


def test_it_can_be_corrected_again() -> None:
    dinas, case, task = sent()
    for subject in ("Satu", "Dua"):
        correct(dinas, task, "umum", perihal=subject)
    assert dinas.values(case)["perihal"] == "Dua"
    assert dinas.told(case)["submission_corrected"] == 2


def test_the_form_is_checked_as_when_it_was_sent() -> None:
    dinas, _, task = sent()
    error = refused(dinas, task, "umum", perihal="", jumlah="dua")
    problems = error.params["problems"]
    assert isinstance(problems, tuple)
    assert {problem.name for problem in problems} == {"perihal", "jumlah"}


def test_a_field_that_the_form_does_not_have_is_refused() -> None:
    dinas, _, task = sent()
    assert refused(dinas, task, "umum", keputusan="ya").code == "submission_invalid"


def test_a_correction_that_changes_nothing_is_refused() -> None:
    dinas, _, task = sent()
    assert refused(dinas, task, "umum", perihal="Rapat").code == "correction_empty"


def test_a_reason_must_be_given() -> None:
    dinas, _, task = sent()
    error = refused(dinas, task, "umum", reason=" ", perihal="x")
    assert isinstance(error, InvalidSubmission)
    assert error.code == "reason_missing"


def test_an_open_task_and_one_without_form_have_nothing_to_correct() -> None:
    dinas, case, _ = sent()
    with pytest.raises(CommandRejected) as caught:
        surveyed(dinas, case, dinas.task(case).id)
    assert caught.value.code == "correction_not_sent"
    dinas.complete(dinas.task(case), "kepala", keputusan="ya")
    ticked = drawn("start a\nmanual b\nmanual c\nend d\na -> b\nb -> c\nc -> d", key="q")
    case = dinas.start(dinas.deploy_one({"q.bpmn": ticked}).id, "umum")
    task = dinas.task(case)
    dinas.complete(task, "umum")
    with pytest.raises(CommandRejected) as caught:
        surveyed(dinas, case, task.id)
    assert caught.value.code == "correction_without_form"


def test_a_case_that_is_over_is_not_corrected() -> None:
    dinas, case, task = sent()
    dinas.complete(dinas.task(case), "kepala", keputusan="ya")
    dinas.complete(dinas.task(case), "umum")
    assert refused(dinas, task, "umum", perihal="x").code == "instance_ended"


def test_of_two_corrections_from_one_page_the_second_is_told_who_was_first() -> None:
    dinas, case, task = sent()
    revision = surveyed(dinas, case, task.id).revision
    correct(dinas, task, "bidang", perihal="Rapat kerja")
    with pytest.raises(Conflict) as caught:
        dinas.runtime.correct(
            task.id,
            {"perihal": "Lain"},
            "x",
            actor=dinas.person("umum"),
            request=dinas.request(),
            revision=revision,
        )
    assert (caught.value.code, caught.value.params["who"]) == (
        "correction_meanwhile",
        "Nama bidang",
    )
    assert dinas.values(case)["perihal"] == "Rapat kerja"


def test_what_does_not_touch_the_form_is_in_nobodys_way() -> None:
    dinas, case, task = sent()
    revision = surveyed(dinas, case, task.id).revision
    dinas.claim(dinas.task(case), "kepala")
    assert isinstance(dinas.records(case)[-1].event, UserTaskClaimed)
    assert surveyed(dinas, case, task.id).revision == revision


def test_the_same_request_sent_twice_corrects_once() -> None:
    dinas, case, task = sent()
    revision, request = surveyed(dinas, case, task.id).revision, dinas.request()
    for _ in range(2):
        dinas.runtime.correct(
            task.id,
            {"perihal": "Lain"},
            "x",
            actor=dinas.person("umum"),
            request=request,
            revision=revision,
        )
    assert dinas.told(case)["submission_corrected"] == 1


def test_an_auditor_corrects_nothing() -> None:
    dinas, _, task = sent()
    dinas.hire("inspektur", roles=frozenset({Role.AUDITOR}))
    assert isinstance(refused(dinas, task, "inspektur", perihal="x"), NotFound)
