"""Registers and numbers by hand: who may, for which reason, always the next one, and what the office's chain says."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from letter_kit import OUTGOING, LetterOffice, rule

from engine.errors import Conflict, InvalidSubmission, NotAllowed, NotFound, WrongState
from engine.form import FieldCode
from engine.history import LetterNumberReserved, LetterRuleChanged
from engine.ids import LetterNumberId, RegisterId
from engine.letters.by_hand import ByHand
from engine.letters.number import NumberState
from engine.letters.rule import InvalidRule, Scope


@pytest.fixture
def office() -> LetterOffice:
    """Give an office whose letters have one sequence a year."""
    return LetterOffice()


def test_a_number_by_hand_is_reserved_with_its_reason_in_the_office_s_chain(
    office: LetterOffice,
) -> None:
    number = office.take("bidang", reason="  surat lewat pos ", party="Camat")
    assert (number.number, number.state) == ("005/001/KOP/XI/2026", NumberState.RESERVED)
    assert (number.reason, number.taken_by_name) == ("surat lewat pos", "Nama bidang")
    record = office.office_records()[-1]
    assert isinstance(record.event, LetterNumberReserved)
    assert (record.event.number, record.event.reason) == (number.number, number.reason)
    assert record.by is not None
    assert record.by.post == "bidang"


def test_a_number_by_hand_needs_a_reason_and_a_subject(office: LetterOffice) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        office.take("bidang", reason=" ", unit="", subject="", letter_date="21-11-2026")
    assert [(p.name, p.code) for p in refused.value.params["problems"]] == [
        ("unit", FieldCode.LETTER_UNIT_MISSING),
        ("subject", FieldCode.REQUIRED),
        ("letter_date", FieldCode.DATE_INVALID),
        ("reason", FieldCode.REQUIRED),
    ]
    with pytest.raises(InvalidSubmission) as refused:
        office.take("bidang", reason="a" * 2_001)
    assert [p.code for p in refused.value.params["problems"]] == [FieldCode.TEXT_LONG]
    assert office.take("bidang").sequence == 1


def test_a_letter_dated_earlier_gets_the_next_number_all_the_same(office: LetterOffice) -> None:
    office.take("bidang")
    late = office.take("bidang", letter_date="2026-10-02")
    assert (late.sequence, late.number) == (2, "005/002/KOP/XI/2026")
    assert (late.taken_on, late.entry.letter_date) == (date(2026, 11, 21), "2026-10-02")


@pytest.mark.parametrize(
    ("login", "kind"), [("kepala", NotFound), ("auditor", NotAllowed), ("tamu", NotFound)]
)
def test_who_does_not_keep_the_register_takes_no_number(
    office: LetterOffice, login: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        office.take(login)
    assert office.take("pengawas").sequence == 1


def test_an_unknown_register_is_not_there(office: LetterOffice) -> None:
    with pytest.raises(NotFound):
        office.runtime.reserve_by_hand(
            RegisterId("surat_masuk"),
            ByHand(),
            "perlu",
            actor=office.person("bidang"),
            request=office.request(),
        )


def test_a_request_by_hand_sent_twice_takes_one_number(office: LetterOffice) -> None:
    request, actor = office.request(), office.person("bidang")
    asked = ByHand(
        wanted=dataclasses.replace(ByHand().wanted, classification="005", unit="bidang"),
        entry=dataclasses.replace(ByHand().entry, subject="Surat"),
    )
    taken = {
        office.runtime.reserve_by_hand(
            OUTGOING.register, asked, "perlu", actor=actor, request=request
        )
        for _ in range(2)
    }
    assert len(taken) == 1
    with pytest.raises(Conflict):
        office.runtime.reserve_by_hand(
            OUTGOING.register, asked, "perlu", actor=office.person("umum"), request=request
        )


def test_a_number_by_hand_is_confirmed_with_what_the_letter_became(office: LetterOffice) -> None:
    number = office.confirm(office.take("bidang"), "umum", party="Camat", letter_date="2026-11-22")
    assert number.state is NumberState.CONFIRMED
    assert (number.entry.party, number.entry.letter_date) == ("Camat", "2026-11-22")
    with pytest.raises(WrongState) as refused:
        office.confirm(number, "umum")
    assert refused.value.code == "letter_number_confirmed"


def test_the_number_of_a_case_is_not_confirmed_by_hand(office: LetterOffice) -> None:
    case = office.begin()
    office.reserve(office.task(case), "bidang", kode="005")
    with pytest.raises(WrongState) as refused:
        office.confirm(office.numbers(case)[0], "bidang")
    assert refused.value.code == "letter_number_of_case"


def test_a_voided_number_stays_and_the_next_one_is_another(office: LetterOffice) -> None:
    number = office.void(office.take("bidang"), "umum", "tidak jadi")
    assert (number.state, number.void_reason) == (NumberState.VOIDED, "tidak jadi")
    assert office.take("bidang").sequence == 2
    with pytest.raises(WrongState) as refused:
        office.void(number, "umum")
    assert refused.value.code == "letter_number_voided"


@pytest.mark.parametrize(
    ("login", "kind"), [("kepala", NotFound), ("auditor", NotAllowed), ("tamu", NotFound)]
)
def test_who_does_not_keep_the_register_voids_nothing(
    office: LetterOffice, login: str, kind: type[Exception]
) -> None:
    number = office.take("bidang")
    with pytest.raises(kind):
        office.void(number, login)
    assert office.number(number.id) == number


def test_a_number_is_voided_with_a_reason_and_as_it_was_seen(office: LetterOffice) -> None:
    number = office.take("bidang")
    with pytest.raises(InvalidSubmission):
        office.void(number, "bidang", " ")
    office.confirm(number, "bidang")
    with pytest.raises(Conflict) as refused:
        office.void(number, "bidang")
    assert refused.value.code == "letter_number_changed"


def test_the_number_of_a_case_is_voided_in_the_case_s_chain(office: LetterOffice) -> None:
    case = office.begin()
    office.reserve(office.task(case), "bidang", kode="005")
    office.void(office.numbers(case)[0], "pengawas", "ganti klasifikasi")
    assert office.told(case)["letter_number_voided"] == 1
    assert office.numbers(case) == []
    office.agree(case)


def test_an_unknown_number_is_not_there(office: LetterOffice) -> None:
    with pytest.raises(NotFound):
        office.runtime.void_number(
            LetterNumberId("hilang"),
            "perlu",
            actor=office.person("bidang"),
            request=office.request(),
            revision=1,
        )


def change(office: LetterOffice, login: str, seen: int = 1, **changes: object) -> int:
    request = office.request()
    saved = office.runtime.change_rule(
        rule(**changes), seen=seen, actor=office.person(login), request=request
    )
    return saved.version


def test_another_rule_numbers_from_its_day_on_and_the_office_s_chain_says_so(
    office: LetterOffice,
) -> None:
    office.take("bidang")
    today = date(2026, 11, 21)
    assert change(office, "pengawas", pattern="{nomor}/{tahun}", valid_from=today) == 2
    assert office.take("bidang").number == "002/2026"
    changed = [r.event for r in office.office_records() if r.event.type == "letter_rule_changed"]
    assert [e.version for e in changed if isinstance(e, LetterRuleChanged)] == [1, 2]


def test_a_rule_for_the_next_year_waits_for_it(office: LetterOffice) -> None:
    office.take("bidang")
    change(office, "pengawas", scope=Scope.UNIT, valid_from=date(2027, 1, 1))
    assert office.take("bidang").number == "005/002/KOP/XI/2026"
    office.clock.set(office.clock.now().replace(year=2027))
    taken = [office.take("bidang", unit=unit) for unit in ("bidang", "sekretariat", "bidang")]
    assert [n.number for n in taken] == [
        "005/001/KOP/XI/2027",
        "005/001/SEKR/XI/2027",
        "005/002/KOP/XI/2027",
    ]


@pytest.mark.parametrize("login", ["bidang", "kepala", "auditor"])
def test_a_rule_is_made_by_who_oversees_the_office(office: LetterOffice, login: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        change(office, login)
    assert refused.value.code == "letter_not_ruler"


def test_a_wrong_rule_changes_nothing(office: LetterOffice) -> None:
    before = office.office_records()
    with pytest.raises(InvalidRule):
        change(office, "pengawas", pattern="{tahun}", width=0)
    assert office.office_records() == before


def test_a_rule_sent_twice_is_one_version(office: LetterOffice) -> None:
    request, actor = office.request(), office.person("pengawas")
    saved = [
        office.runtime.change_rule(rule(name="Keluar"), seen=1, actor=actor, request=request)
        for _ in range(2)
    ]
    assert [each.version for each in saved] == [2, 2]


def test_a_rule_is_changed_as_it_was_seen(office: LetterOffice) -> None:
    assert change(office, "pengawas", name="Agenda keluar") == 2
    for seen, code in [(1, "letter_rule_changed"), (0, "letter_register_taken")]:
        with pytest.raises(Conflict) as refused:
            change(office, "pengawas", seen=seen, name="Buku keluar")
        assert refused.value.code == code
    assert change(office, "pengawas", seen=0, register=RegisterId("surat_keputusan")) == 1
