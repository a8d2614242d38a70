"""What every store promises of letter numbers (`engine.letters.port`): in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from letter_kit import OUTGOING, number, rule
from storage_kit import AGENCY, CASE, START, advanced, change_agency, set_up, started

from engine.errors import Conflict, NotFound
from engine.ids import LetterNumberId, RegisterId
from engine.letters.number import (
    BookEntry,
    LetterChanges,
    LetterNumber,
    NumberState,
    VoidCause,
)

if TYPE_CHECKING:
    from storage_kit import Backend

    from engine.letters.rule import LetterRule
    from engine.store import Transaction

KELUAR = OUTGOING.register
DAY = date(2026, 3, 2)


def keep(backend: Backend, *numbers: LetterNumber, last: int = 0) -> None:
    """Save numbers in an act of the agency, and how far their sequence is."""

    def work(transaction: Transaction) -> None:
        before = transaction.letters.get_sequence(AGENCY, KELUAR, "2026", "")
        moved = (dataclasses.replace(before, last=last),) if last else ()
        change_agency(transaction, letters=LetterChanges(numbers=numbers, sequences=moved))

    backend.store.transact(work)


def last(backend: Backend, period: str = "2026", scope: str = "") -> int:
    """Give the integer that a sequence gave last."""
    found = backend.store.transact(lambda t: t.letters.get_sequence(AGENCY, KELUAR, period, scope))
    return found.last


def test_a_register_has_all_versions_of_its_rule(backend: Backend) -> None:
    set_up(backend.store)
    later = rule(version=2, name="Surat “keluar”", valid_from=date(2027, 1, 1))
    other = rule(register=RegisterId("surat_masuk"))
    for each in (OUTGOING, other, later):
        changes = LetterChanges(rules=(each,))
        backend.store.transact(lambda t, c=changes: change_agency(t, letters=c))

    def rules(transaction: Transaction) -> tuple[LetterRule, ...]:
        return transaction.letters.list_rules(AGENCY, KELUAR)

    assert backend.store.transact(rules) == (OUTGOING, later)
    with pytest.raises(Conflict) as refused:
        backend.store.transact(lambda t: change_agency(t, letters=LetterChanges(rules=(later,))))
    assert refused.value.code == "letter_rule_changed"


def test_a_register_that_was_never_set_up_has_nothing(backend: Backend) -> None:
    set_up(backend.store)
    assert backend.store.transact(lambda t: t.letters.list_rules(AGENCY, KELUAR)) == ()
    assert backend.store.transact(lambda t: t.letters.find_last_day(AGENCY, KELUAR)) is None
    assert last(backend) == 0
    with pytest.raises(NotFound):
        backend.store.transact(lambda t: t.letters.get_number(LetterNumberId("hilang")))


def test_sequences_are_told_apart_by_period_and_scope(backend: Backend) -> None:
    set_up(backend.store)
    keep(backend, number(1), last=1)
    assert (last(backend), last(backend, "2027"), last(backend, scope="005")) == (1, 0, 0)
    keep(backend, number(2), last=2)
    assert last(backend) == 2


def test_a_sequence_never_goes_back(backend: Backend) -> None:
    set_up(backend.store)
    keep(backend, number(1), last=1)
    with pytest.raises(Conflict):
        keep(backend, number(2), last=1)
    assert last(backend) == 1


def test_a_number_is_read_back_as_it_was_written(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started()))
    whole = number(
        1,
        number="B/000.8.3.3/1234/" + "X" * 400,
        instance=CASE,
        home=7,
        field="nomor_surat",
        reason="pesan",
        entry=BookEntry(
            subject="“Rapat”",
            party="Camat",
            summary="dua\nbaris",
            their_number="12",
            letter_date="2026-03-01",
            received_on="2026-03-02",
            meant_for="Sekretariat, Bidang",
            sent_on="2026-03-03",
        ),
    )
    case = backend.store.transact(lambda t: t.get_instance(CASE))
    changes = advanced(case, "r", letters=LetterChanges(numbers=(whole,)))
    backend.store.transact(lambda t: t.save(changes))
    assert backend.store.transact(lambda t: t.letters.get_number(whole.id)) == whole
    assert backend.store.transact(lambda t: t.letters.list_of_case(CASE)) == (whole,)
    voided = whole.voided(VoidCause.BY_HAND, "salah", START + timedelta(days=1))
    keep(backend, dataclasses.replace(voided, revision=2))
    assert backend.store.transact(lambda t: t.letters.list_of_case(CASE)) == ()
    kept = backend.store.transact(lambda t: t.letters.get_number(whole.id))
    assert (kept.state, kept.void_cause, kept.void_reason) == (
        NumberState.VOIDED,
        VoidCause.BY_HAND,
        "salah",
    )


@pytest.mark.parametrize(
    "second",
    [
        number(1, id=LetterNumberId("lain"), number="005/099"),
        number(2, number=number(1).number),
        number(1, revision=3),
    ],
    ids=["the same integer", "the same text", "an old revision"],
)
def test_what_would_be_a_double_is_refused_and_leaves_nothing(
    backend: Backend, second: LetterNumber
) -> None:
    set_up(backend.store)
    keep(backend, number(1))
    head = backend.store.transact(lambda t: t.get_agency_head(AGENCY))
    with pytest.raises(Conflict) as refused:
        keep(backend, second)
    assert refused.value.code == "letter_number_changed"
    assert backend.store.transact(lambda t: t.get_agency_head(AGENCY)) == head
    assert backend.store.transact(lambda t: t.letters.get_number(number(1).id)) == number(1)


def test_the_text_of_a_voided_number_may_be_booked_again_but_not_its_integer(
    backend: Backend,
) -> None:
    set_up(backend.store)
    keep(backend, number(1))
    text = number(1).number

    def booked(transaction: Transaction, period: str = "2026") -> bool:
        return transaction.letters.is_booked(AGENCY, KELUAR, period, text)

    assert backend.store.transact(booked)
    assert not backend.store.transact(lambda t: booked(t, "2027"))
    voided = number(1).voided(VoidCause.BY_HAND, "salah", START)
    keep(backend, dataclasses.replace(voided, revision=2))
    assert not backend.store.transact(booked)
    keep(backend, number(2, number=text))
    with pytest.raises(Conflict):
        keep(backend, number(1, id=LetterNumberId("lain"), number="lain"))


def test_the_newest_day_is_that_of_the_register(backend: Backend) -> None:
    set_up(backend.store)
    keep(backend, number(1), number(2, taken_on=date(2026, 3, 9)), number(3))
    assert backend.store.transact(lambda t: t.letters.find_last_day(AGENCY, KELUAR)) == date(
        2026, 3, 9
    )
    other = RegisterId("surat_masuk")
    assert backend.store.transact(lambda t: t.letters.find_last_day(AGENCY, other)) is None
