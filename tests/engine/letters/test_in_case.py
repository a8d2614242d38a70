"""A letter's number along its case: temporary at the draft, final at the signature, kept when sent back, voided with it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from letter_kit import COLUMNS, NUMBER, OUTGOING, STEPS, LetterOffice, letter, rule

from engine.errors import InvalidSubmission, WrongState
from engine.form import FieldCode
from engine.letters.number import NumberState, VoidCause
from engine.letters.rule import Reset, Scope, Source
from engine.store import InstanceState

RESERVED, CONFIRMED = NumberState.RESERVED, NumberState.CONFIRMED


@pytest.fixture
def office() -> LetterOffice:
    """Give an office whose letters have one sequence a year."""
    return LetterOffice()


def problem(refused: pytest.ExceptionInfo[InvalidSubmission]) -> tuple[str, str]:
    """Give the one thing that is wrong, and the field it is at."""
    (found,) = refused.value.params["problems"]
    return found.code, found.name


def signed(office: LetterOffice, kembali: bool = False) -> object:  # noqa: FBT001, FBT002 - a tick
    """Give a letter without a number yet, drafted and signed."""
    case = office.begin()
    office.do(case, "susun")
    office.do(case, "tanda", kembali=kembali)
    return case


def test_a_number_taken_at_the_draft_is_temporary_and_final_at_the_signature(
    office: LetterOffice,
) -> None:
    case = office.begin()
    office.reserve(office.task(case), "bidang", kode="005")
    (number,) = office.numbers(case)
    assert (number.number, number.state) == ("005/001/KOP/XI/2026", RESERVED)
    office.do(case, "susun")
    assert office.values(case)["nomor_surat"] == "005/001/KOP/XI/2026"
    assert office.numbers(case)[0].state is RESERVED
    office.do(case, "tanda")
    assert office.numbers(case)[0].state is CONFIRMED
    told = [r.event.type for r in office.records(case) if "letter" in r.event.type]
    assert told == ["letter_number_reserved", "letter_number_confirmed"]


def test_a_draft_may_be_sent_without_a_number(office: LetterOffice) -> None:
    case = signed(office)
    assert office.numbers(case) == []
    assert office.values(case)["nomor_surat"] is None


def test_a_step_whose_form_has_the_field_takes_the_number_when_it_is_sent(
    office: LetterOffice,
) -> None:
    case = signed(office)
    office.do(case, "beri", kode="005", tanggal="2026-11-22")
    (number,) = office.numbers(case)
    assert (number.number, number.state) == ("005/001/KOP/XI/2026", CONFIRMED)
    assert office.values(case)["nomor_surat"] == number.number


def test_the_number_that_was_shown_is_the_one_that_is_sent(office: LetterOffice) -> None:
    case = signed(office)
    office.reserve(office.task(case), "bidang", kode="005")
    office.take("bidang")
    office.do(case, "beri", kode="005", nomor_surat="005/001/KOP/XI/2026")
    assert office.values(case)["nomor_surat"] == "005/001/KOP/XI/2026"


def test_a_number_typed_by_hand_is_refused_at_its_field(office: LetterOffice) -> None:
    case = signed(office)
    with pytest.raises(InvalidSubmission) as refused:
        office.do(case, "beri", kode="005", nomor_surat="005/99")
    assert problem(refused) == (FieldCode.LETTER_TYPED, "nomor_surat")
    assert office.numbers(case) == []


def test_pressing_twice_takes_one_number(office: LetterOffice) -> None:
    case = signed(office)
    task = office.task(case)
    office.reserve(task, "bidang", kode="005")
    office.reserve(task, "umum", kode="005")
    assert len(office.numbers(case)) == 1


def test_a_request_sent_twice_takes_one_number(office: LetterOffice) -> None:
    case = signed(office)
    task, request, actor = office.task(case), office.request(), office.person("bidang")
    for _ in range(2):
        office.runtime.reserve_number(
            task.id, {"kode": "005"}, actor=actor, request=request, revision=task.revision
        )
    assert [n.sequence for n in office.numbers(case)] == [1]
    assert office.told(case)["letter_number_reserved"] == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, FieldCode.LETTER_CLASSIFICATION_MISSING),
        ("005 undangan", FieldCode.LETTER_CLASSIFICATION_SHAPE),
    ],
)
def test_a_number_needs_the_letter_s_classification(
    office: LetterOffice, code: str | None, expected: FieldCode
) -> None:
    case = office.begin()
    office.do(case, "susun", kode=None)
    office.do(case, "tanda")
    with pytest.raises(InvalidSubmission) as refused:
        office.do(case, "beri", kode=code)
    assert problem(refused) == (expected, "kode")
    assert office.take("bidang").sequence == 1


def test_the_unit_is_that_of_the_post_in_which_the_step_is_done(office: LetterOffice) -> None:
    case = signed(office)
    office.do(case, "beri", "umum", kode="005")
    assert office.numbers(case)[0].number == "005/001/SEKR/XI/2026"


def test_a_unit_without_a_code_gets_no_number() -> None:
    office = LetterOffice(rule(codes={"sekretariat": "SEKR"}))
    case = signed(office)
    with pytest.raises(InvalidSubmission) as refused:
        office.do(case, "beri", kode="005")
    assert problem(refused) == (FieldCode.LETTER_UNIT_CODE, "")


def test_a_number_stays_with_a_letter_that_is_sent_back(office: LetterOffice) -> None:
    case = office.begin()
    office.reserve(office.task(case), "bidang", kode="005")
    office.do(case, "susun")
    office.do(case, "tanda", kembali=True)
    office.take("bidang")
    office.do(case, "susun")
    office.do(case, "tanda")
    assert [n.number for n in office.numbers(case)] == ["005/001/KOP/XI/2026"]


def test_another_classification_than_the_number_s_is_refused(office: LetterOffice) -> None:
    case = signed(office)
    office.reserve(office.task(case), "bidang", kode="005")
    with pytest.raises(InvalidSubmission) as refused:
        office.do(case, "beri", kode="090")
    assert problem(refused) == (FieldCode.LETTER_CLASSIFICATION_OTHER, "kode")
    (number,) = office.numbers(case)
    office.void(number, "bidang", "klasifikasi keliru")
    office.do(case, "beri", kode="090")
    assert office.values(case)["nomor_surat"] == "090/002/KOP/XI/2026"


def test_a_cancelled_letter_voids_its_temporary_number_with_the_reason(
    office: LetterOffice,
) -> None:
    case = office.begin()
    office.reserve(office.task(case), "bidang", kode="005")
    (number,) = office.numbers(case)
    office.cancel(case, "rapat batal", "bidang")
    voided = office.number(number.id)
    assert (voided.state, voided.void_cause) == (NumberState.VOIDED, VoidCause.CASE_CANCELLED)
    assert voided.void_reason == "rapat batal"
    assert office.take("bidang").sequence == 2


def test_a_cancelled_letter_keeps_a_final_number(office: LetterOffice) -> None:
    case = signed(office)
    office.do(case, "beri", kode="005")
    office.cancel(case, "tidak jadi dikirim", "bidang")
    assert [n.state for n in office.numbers(case)] == [CONFIRMED]


def test_the_agenda_book_says_of_a_letter_what_its_case_says(office: LetterOffice) -> None:
    case = office.begin()
    office.reserve(office.task(case), "bidang", kode="005", perihal="Undangan rapat")
    assert office.numbers(case)[0].entry.subject == "Undangan rapat"
    office.do(case, "susun", perihal="Undangan rapat kerja")
    office.do(case, "tanda")
    office.do(case, "beri", kode="005", tanggal="2026-11-22")
    office.clock.advance(timedelta(days=2))
    office.do(case, "antar", penerima="Camat")
    (number,) = office.numbers(case)
    entry = number.entry
    assert (entry.subject, entry.party) == ("Undangan rapat kerja", "Camat")
    assert (entry.letter_date, entry.sent_on) == ("2026-11-22", "2026-11-23")
    assert office.case(case).state is InstanceState.COMPLETED


def test_a_number_that_the_signature_never_reached_stays_temporary(office: LetterOffice) -> None:
    steps = {"susun": STEPS["susun"], "antar": STEPS["antar"]}
    case = office.begin(letter(steps))
    office.reserve(office.task(case), "bidang", kode="005")
    office.do(case, "susun")
    office.do(case, "tanda")
    office.do(case, "beri", kode="005", nomor_surat="005/001/KOP/XI/2026")
    office.do(case, "antar")
    assert [n.state for n in office.numbers(case)] == [RESERVED]


def test_without_a_register_the_number_is_typed_as_before() -> None:
    office = LetterOffice(rule(register="surat_tugas"))
    case = signed(office)
    with pytest.raises(WrongState) as refused:
        office.reserve(office.task(case), "bidang")
    assert refused.value.code == "letter_not_here"
    office.do(case, "beri", kode="005", nomor_surat="005/99")
    assert office.values(case)["nomor_surat"] == "005/99"
    assert office.numbers(case) == []


def test_a_rule_that_begins_later_does_not_number_yet() -> None:
    office = LetterOffice(rule(valid_from=datetime(2027, 1, 1, tzinfo=UTC).date()))
    case = signed(office)
    office.do(case, "beri", kode="005", nomor_surat="005/99")
    assert office.numbers(case) == []


def test_numbers_begin_again_on_the_first_of_january_of_the_office(office: LetterOffice) -> None:
    office.clock.set(datetime(2026, 12, 31, 16, 59, tzinfo=UTC))
    assert office.take("bidang").number == "005/001/KOP/XII/2026"
    office.clock.set(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert office.take("bidang").number == "005/001/KOP/I/2027"


def test_numbers_that_never_begin_again_go_on() -> None:
    office = LetterOffice(rule(reset=Reset.NEVER))
    assert office.take("bidang").sequence == 1
    office.clock.set(datetime(2027, 2, 1, tzinfo=UTC))
    assert office.take("bidang").number == "005/002/KOP/II/2027"


def test_each_classification_may_have_its_own_sequence_in_one_book() -> None:
    office = LetterOffice(rule(scope=Scope.CLASSIFICATION, start=7))
    taken = [office.take("bidang", classification=code) for code in ("005", "090", "005")]
    assert [n.number[:7] for n in taken] == ["005/007", "090/007", "005/008"]
    assert [n.ordinal for n in taken] == [1, 2, 3]


OUTSIDE = dataclasses.replace(OUTGOING, source=Source.OUTSIDE, pattern="", codes={})


def test_a_number_from_another_system_is_booked_as_it_is() -> None:
    office = LetterOffice(OUTSIDE)
    case = signed(office)
    srikandi = "B/000.8.3.3/1234/SRIKANDI-2026/417.206/" + "X" * 60
    office.do(case, "beri", kode="005", nomor_surat=srikandi)
    (number,) = office.numbers(case)
    assert (number.number, number.ordinal, number.state) == (srikandi, 1, CONFIRMED)


def test_a_number_from_another_system_is_not_booked_twice() -> None:
    office = LetterOffice(OUTSIDE)
    first, second = signed(office), signed(office)
    office.do(first, "beri", nomor_surat="B/12")
    with pytest.raises(InvalidSubmission) as refused:
        office.do(second, "beri", nomor_surat="B/12")
    assert problem(refused) == (FieldCode.LETTER_DOUBLE, "nomor_surat")


def test_a_corrected_number_from_another_system_takes_the_place_of_the_first() -> None:
    steps = {**STEPS, "susun": {**NUMBER, **COLUMNS, "nomor.tahap": "pesan"}}
    lines = """
        start mulai
        user beri formRef=beri
        user tanda formRef=tanda
        xor setuju
        end selesai
        mulai -> beri
        beri -> tanda
        tanda -> setuju
        setuju -> beri if =kembali = true
        setuju -> selesai default
    """
    office = LetterOffice(OUTSIDE)
    package = letter({k: steps[k] for k in ("beri", "tanda")}, lines=lines)
    case = office.begin(package)
    office.do(case, "beri", nomor_surat="B/12")
    office.do(case, "tanda", kembali=True)
    office.do(case, "beri", nomor_surat="B/21")
    (number,) = office.numbers(case)
    assert (number.number, number.ordinal) == ("B/21", 2)
    voided = [r.event for r in office.records(case) if r.event.type == "letter_number_voided"]
    assert [(e.number, e.cause, e.reason) for e in voided] == [("B/12", "replaced", "B/21")]
