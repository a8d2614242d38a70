"""An answer that came by letter: who may record it for which wait, and what the case makes of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from form_kit import DIGEST
from message_kit import CATCH, RECEIVE, WAITS, throwing
from town import Town

from engine.answer import PARTS, answer_form, variable_of
from engine.errors import InvalidSubmission, NotAllowed, NotFound, WrongState
from engine.form.names import name_problem
from engine.history import MessageReceived
from engine.recording import Answer

if TYPE_CHECKING:
    from engine.ids import InstanceId

SCAN = [{"name": "sk.pdf", "digest": DIGEST, "size": Decimal(9), "type": "application/pdf"}]
BOUNDARY = """
    start mulai
    user isi formRef=isi
    manual tunggu
    boundary batal on=tunggu message=batal key=${nomor}
    manual lanjut
    end selesai
    end lain
    mulai -> isi
    isi -> tunggu
    tunggu -> selesai
    batal -> lanjut
    lanjut -> lain
"""


def letter(element: str = "tunggu", **others: object) -> dict[str, object]:
    """Give the values of a letter."""
    written = {
        "tanggal_surat": "2026-11-20",
        "nomor_surat": "12/SK",
        "dari": "Kementerian",
        "ringkasan": "Disetujui.",
        "pindaian": SCAN,
    }
    return {f"{element}_{part}": value for part, value in {**written, **others}.items()}


def drawn_with(lines: str = WAITS, wait: str = CATCH, **told: dict[str, str]) -> dict[str, bytes]:
    """Give a process with its lanes, recorders and kinds."""
    source = drawn(lines.replace("{wait}", wait), **told)
    return {"p.bpmn": source, "isi.form": form_of("isi", "nomor")}


def answer(
    town: Town, case: InstanceId, login: str, element: str = "tunggu", **more: object
) -> None:
    """Record an answer for the first wait at an element."""
    (wait,) = (w for w in town.loaded(case).list_waits() if w.element == element)
    told = Answer(token=wait.token, element=element, values=letter(element), **more)
    actor, request = town.person(login), town.request()
    town.agree(town.runtime.record_answer(case, told, actor=actor, request=request))


@pytest.mark.parametrize("wait", [CATCH, RECEIVE])
def test_a_recorded_answer_lets_the_case_go_on_with_the_letter_as_its_data(wait: str) -> None:
    town = Town(drawn_with(wait=wait))
    case = town.begin(nomor="7")
    answer(town, case, "umum")
    assert town.task(case).element == "lanjut"
    assert town.values(case)["tunggu_ringkasan"] == "Disetujui."
    assert town.store.list_files(case) == {DIGEST}
    (event,) = (r for r in town.records(case) if isinstance(r.event, MessageReceived))
    assert (event.by.person, event.by.post, event.event.key) == ("umum", "umum", "7")
    assert event.event.on_behalf_of == ""


def test_the_recorder_of_an_external_lane_records_on_its_behalf_and_nobody_else_does() -> None:
    lanes = {"warga": "tunggu"}
    town = Town(drawn_with(lanes=lanes, recorders={"warga": "petugas"}))
    case = town.begin(nomor="7")
    for login, refusal in (("kepala", NotFound), ("pengawas", NotAllowed)):
        with pytest.raises(refusal):
            answer(town, case, login)
    before = town.at_rest(case)
    with pytest.raises(NotFound):
        answer(town, case, "tamu")
    assert town.at_rest(case) == before
    answer(town, case, "bidang")
    (event,) = (r.event for r in town.records(case) if isinstance(r.event, MessageReceived))
    assert event.on_behalf_of == "Lajur warga"


def test_at_a_boundary_event_who_does_the_step_it_is_attached_to_records() -> None:
    lanes = {"kepala": "tunggu", "petugas": "mulai isi batal lanjut selesai lain"}
    town = Town(drawn_with(BOUNDARY, lanes=lanes))
    case = town.begin(nomor="7")
    with pytest.raises(NotAllowed):
        answer(town, case, "umum", "batal")
    answer(town, case, "kepala", "batal")
    assert [task.element for task in town.tasks(case)] == ["lanjut"]


def test_an_answer_counts_as_the_message_so_that_one_on_its_way_finds_nobody() -> None:
    town = Town(drawn_with(), throwing("message=jawaban key=${nomor}"))
    case = town.begin(nomor="7")
    answer(town, case, "umum")
    town.begin("lempar", nomor="7")
    town.courier.run()
    assert town.under_way() == 1


def test_a_message_that_came_first_leaves_nothing_to_record() -> None:
    town = Town(drawn_with(), throwing("message=jawaban key=${nomor}"))
    case = town.begin(nomor="7")
    (wait,) = town.loaded(case).list_waits()
    town.begin("lempar", nomor="7")
    town.courier.run()
    late = Answer(token=wait.token, element="tunggu", values=letter())
    actor, request = town.person("umum"), town.request()
    with pytest.raises(WrongState) as refused:
        town.runtime.record_answer(case, late, actor=actor, request=request)
    assert refused.value.code == "wait_gone"


def test_what_waits_for_a_signal_or_a_time_takes_no_letter() -> None:
    for wait in ("catch tunggu signal=libur", "catch tunggu duration=P1D"):
        town = Town(drawn_with(wait=wait))
        case = town.begin(nomor="7")
        with pytest.raises(WrongState):
            answer(town, case, "umum")


def test_a_party_that_the_drawing_does_not_show_is_refused() -> None:
    lanes = {"warga": "selesai"}
    town = Town(drawn_with(lanes=lanes, recorders={"warga": "petugas"}))
    case = town.begin(nomor="7")
    with pytest.raises(InvalidSubmission) as refused:
        answer(town, case, "umum", party="Istana")
    assert refused.value.code == "answer_party"
    answer(town, case, "umum", party="Lajur warga")


def test_an_incomplete_letter_is_refused_with_all_that_is_wrong() -> None:
    town = Town(drawn_with())
    case = town.begin(nomor="7")
    (wait,) = town.loaded(case).list_waits()
    empty = Answer(token=wait.token, element="tunggu", values={})
    actor, request = town.person("umum"), town.request()
    with pytest.raises(InvalidSubmission) as refused:
        town.runtime.record_answer(case, empty, actor=actor, request=request)
    assert refused.value.code == "submission_invalid"
    assert town.tasks(case) == ()


@pytest.mark.parametrize("element", ["Event_0a1b2c", "_9-x.y", "a" * 90, "7"])
def test_every_event_s_letter_has_names_that_a_variable_may_have(element: str) -> None:
    keys = answer_form(element).keys
    assert len(set(keys)) == len(PARTS)
    assert all(name_problem(key) is None for key in keys)
    assert keys[0] == variable_of(element, PARTS[0])
