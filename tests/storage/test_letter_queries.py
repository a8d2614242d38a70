"""The agenda book as it is read: who sees which lines, what is found, and by which index."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from letter_kit import OUTGOING, number, rule
from sqlalchemy import event
from storage_kit import (
    AGENCY,
    CASE,
    START,
    advanced,
    change_agency,
    registration,
    set_up,
    started,
    task,
)

from engine.actor import Role
from engine.ids import InstanceId, LaneId, LetterNumberId, RegisterId
from engine.letters.number import BookEntry, LetterChanges, NumberState, VoidCause
from engine.testing import example_actor, example_post
from storage.letters import SqlLetters
from storage.queries.letters import (
    BookWish,
    find_line,
    find_register,
    list_book,
    list_case_numbers,
    list_hanging,
    list_registers,
    list_units,
    list_whole_book,
)
from storage.store import SqlStore

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.letters.number import LetterNumber
    from storage.database import Database
    from storage.sqlite import SqliteDatabase

TODAY = date(2026, 3, 2)
KELUAR = OUTGOING.register
YEAR = BookWish(first=date(2026, 1, 1), last=date(2026, 12, 31))
KEEPER = example_actor("budi", example_post("staf", "lane_staf"))
HEAD = example_actor("ani", example_post("kepala", "lane_kepala"))
AUDITOR = dataclasses.replace(example_actor("cici"), roles=frozenset({Role.AUDITOR}))
ADMINISTRATOR = dataclasses.replace(example_actor("dedi"), roles=frozenset({Role.ADMINISTRATOR}))
ELSEWHERE = dataclasses.replace(ADMINISTRATOR, agency="other")


@pytest.fixture
def office(database: Database) -> SqlStore:
    """Give a store with an office whose lane_staf keeps the outgoing register."""
    store = SqlStore(database)
    set_up(store, registration("ani", "kepala"), registration("budi", "staf"))
    ours = dataclasses.replace(OUTGOING, lanes=frozenset({LaneId("lane_staf")}))
    head_s = rule(register=RegisterId("sk"), name="Keputusan", lanes=frozenset({LaneId("lane_x")}))
    both = LetterChanges(rules=(ours, head_s))
    store.transact(lambda t: change_agency(t, letters=both))
    return store


def book_in(store: SqlStore, *numbers: LetterNumber) -> None:
    """Write numbers taken by hand."""
    store.transact(lambda t: change_agency(t, letters=LetterChanges(numbers=numbers)))


def letter_of_case(store: SqlStore, sequence: int = 9, *, is_secret: bool = False) -> LetterNumber:
    """Begin a case with an open task of lane_kepala, and give it a number."""
    ident = f"case{sequence}"
    changes = started(task(2, ident), ident=ident, request=f"start-{ident}")
    case = dataclasses.replace(changes.instance, is_secret=is_secret)
    store.transact(lambda t: t.save(dataclasses.replace(changes, instance=case)))
    ours = number(sequence, instance=InstanceId(ident), field="nomor_surat")
    store.transact(
        lambda t: t.save(
            advanced(
                t.get_instance(InstanceId(ident)),
                f"nomor-{ident}",
                letters=LetterChanges(numbers=(ours,)),
            )
        )
    )
    return ours


def found(
    database: Database, actor: Actor = KEEPER, wish: BookWish = YEAR, page: int = 1
) -> list[int]:
    """Give the integers of the lines found, whose count must agree."""
    book = database.read(lambda c: list_book(c, actor, KELUAR, wish, page))
    whole = database.read(lambda c: list_whole_book(c, actor, KELUAR, wish))
    assert book.page.total == len(whole)
    return [line.number.sequence for line in book.lines]


@pytest.mark.parametrize(
    ("actor", "names"),
    [
        (KEEPER, ["Surat keluar"]),
        (HEAD, []),
        (AUDITOR, ["Keputusan", "Surat keluar"]),
        (ADMINISTRATOR, ["Keputusan", "Surat keluar"]),
        (ELSEWHERE, []),
    ],
    ids=["keeper", "head", "auditor", "administrator", "elsewhere"],
)
@pytest.mark.usefixtures("office")
def test_a_register_is_read_by_its_keepers_and_by_who_oversees(
    database: Database, actor: Actor, names: list[str]
) -> None:
    registers = database.read(lambda c: list_registers(c, actor, TODAY))
    assert [register.newest.name for register in registers] == names
    one = database.read(lambda c: find_register(c, actor, KELUAR, TODAY))
    assert (one is not None) == ("Surat keluar" in names)
    if one is not None:
        assert one.may_keep == (actor is not AUDITOR)


def test_the_rule_that_holds_is_that_of_the_day(database: Database, office: SqlStore) -> None:
    next_year = rule(version=2, valid_from=date(2027, 1, 1), lanes=frozenset({LaneId("lane_staf")}))
    office.transact(lambda t: change_agency(t, letters=LetterChanges(rules=(next_year,))))
    for day, version in ((TODAY, 1), (date(2027, 1, 1), 2), (date(2025, 1, 1), None)):
        register = database.read(lambda c, d=day: find_register(c, KEEPER, KELUAR, d))
        assert register is not None
        assert (register.now.version if register.now else None) == version
        assert register.newest.version == 2


def test_the_newest_line_comes_first_and_on_paper_the_oldest(
    database: Database, office: SqlStore
) -> None:
    later = TODAY + timedelta(days=1)
    book_in(office, number(1), number(2), number(10, taken_on=later))
    assert found(database) == [10, 2, 1]
    whole = database.read(lambda c: list_whole_book(c, KEEPER, KELUAR, YEAR))
    assert [line.number.sequence for line in whole] == [1, 2, 10]


def test_a_book_is_narrowed_by_days_state_and_words(database: Database, office: SqlStore) -> None:
    voided = number(2).voided(VoidCause.BY_HAND, "salah", START)
    april = date(2026, 4, 1)
    notes = BookEntry(subject="Undangan 100% hadir", party="Bupati")
    book_in(office, number(1), dataclasses.replace(voided, revision=1))
    book_in(office, number(3, taken_on=april, entry=notes))
    assert found(database, wish=dataclasses.replace(YEAR, first=april)) == [3]
    assert found(database, wish=dataclasses.replace(YEAR, last=TODAY)) == [2, 1]
    assert found(database, wish=dataclasses.replace(YEAR, state=NumberState.VOIDED)) == [2]
    for words, expected in (
        ("bupati", [3]),
        ("UNDANGAN", [3, 2, 1]),
        ("undangan camat", [2, 1]),
        ("002/KOP", [2]),
        ("100%", [3]),
        ("%", [3]),
        ("_", []),
    ):
        assert found(database, wish=dataclasses.replace(YEAR, search=words)) == expected, words


def test_pages_are_numbered(database: Database, office: SqlStore) -> None:
    book_in(office, *(number(n) for n in range(1, 61)))
    assert found(database, page=1)[:2] == [60, 59]
    assert found(database, page=2) == list(range(10, 0, -1))
    assert found(database, page=9) == list(range(10, 0, -1))


def line(database: Database, actor: Actor, ident: LetterNumberId) -> tuple[bool, bool, str, str]:
    """Give whether a line leads to its case and is hidden, and its number and subject."""
    one = database.read(lambda c: find_line(c, actor, ident))
    assert one is not None
    in_book = database.read(lambda c: list_book(c, actor, KELUAR, YEAR, 1)).lines
    assert one in in_book
    return one.can_open, one.is_hidden, one.number.number, one.number.entry.subject


def test_a_line_leads_to_its_case_for_who_sees_it(database: Database, office: SqlStore) -> None:
    ours = letter_of_case(office)
    assert line(database, KEEPER, ours.id) == (True, False, ours.number, "Undangan")
    other = dataclasses.replace(KEEPER, posts=(example_post("staf", "lane_staf"),))
    assert line(database, other, ours.id)[0]
    assert database.read(lambda c: find_line(c, HEAD, ours.id)) is None
    assert database.read(lambda c: find_line(c, ELSEWHERE, ours.id)) is None


def test_a_secret_letter_shows_its_number_and_day_only(
    database: Database, office: SqlStore
) -> None:
    ours = letter_of_case(office, is_secret=True)
    assert line(database, AUDITOR, ours.id) == (True, False, ours.number, "Undangan")
    for actor in (KEEPER, ADMINISTRATOR):
        assert line(database, actor, ours.id) == (False, True, ours.number, "")
        hidden = database.read(lambda c, a=actor: find_line(c, a, ours.id))
        assert hidden is not None
        assert (hidden.number.entry, hidden.number.taken_by_name) == (BookEntry(), "")
        assert hidden.number.taken_on == TODAY


def test_a_secret_letter_is_not_found_by_its_words(database: Database, office: SqlStore) -> None:
    letter_of_case(office, is_secret=True)
    book_in(office, number(1))
    by_word = dataclasses.replace(YEAR, search="undangan")
    assert found(database, wish=by_word) == [1]
    assert found(database, AUDITOR, by_word) == [9, 1]
    assert found(database, wish=dataclasses.replace(YEAR, search="009/KOP")) == [9]


def test_numbers_that_hang_are_listed_with_the_oldest_first(
    database: Database, office: SqlStore
) -> None:
    confirmed = dataclasses.replace(number(2).confirmed(START), revision=1)
    elsewhere = number(4, register=RegisterId("sk"))
    book_in(office, number(3, taken_at=START + timedelta(days=1)), confirmed, number(1), elsewhere)
    hanging = database.read(lambda c: list_hanging(c, KEEPER, [KELUAR], 1))
    assert [line.number.sequence for line in hanging.lines] == [1, 3]
    assert hanging.page.total == 2
    assert database.read(lambda c: list_hanging(c, KEEPER, [], 1)).lines == ()


def test_a_case_has_its_numbers_but_not_the_voided_ones(
    database: Database, office: SqlStore
) -> None:
    ours = letter_of_case(office)
    case = ours.instance
    assert case is not None
    assert database.read(lambda c: list_case_numbers(c, case)) == (ours,)
    assert database.read(lambda c: list_case_numbers(c, CASE)) == ()


@pytest.mark.usefixtures("office")
def test_units_are_named(database: Database) -> None:
    assert database.read(lambda c: list_units(c, AGENCY)) == {"umum": "Bidang umum"}


def _plan(connection: Connection, sql: str, values: object) -> str:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
    return "\n".join(row[3] for row in rows)


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda c: list_book(c, KEEPER, KELUAR, YEAR, 1), "ix_letter_numbers_book"),
        (lambda c: list_whole_book(c, KEEPER, KELUAR, YEAR), "ix_letter_numbers_book"),
        (lambda c: list_hanging(c, KEEPER, [KELUAR], 1), "ix_letter_numbers_reserved"),
        (lambda c: list_case_numbers(c, CASE), "ix_letter_numbers_instance_id"),
        (
            lambda c: SqlLetters(c).is_booked(AGENCY, KELUAR, "2026", "x"),
            "uq_letter_numbers_number",
        ),
        (
            lambda c: SqlLetters(c).find_last_day(AGENCY, KELUAR),
            "ix_letter_numbers_book",
        ),
    ],
    ids=["book", "whole book", "hanging", "case", "double", "last day"],
)
def test_what_grows_is_read_by_its_index(sqlite: SqliteDatabase, read: object, index: str) -> None:
    def plans(connection: Connection) -> list[str]:
        told: list[tuple[str, object]] = []

        def note(*arguments: object) -> None:
            told.append((str(arguments[2]), arguments[3]))

        event.listen(connection, "before_cursor_execute", note)
        read(connection)
        event.remove(connection, "before_cursor_execute", note)
        return [_plan(connection, sql, values) for sql, values in told]

    last = sqlite.read(plans)[-1]
    assert f"INDEX {index}" in last
    assert "SCAN letter_numbers" not in last
    if index == "ix_letter_numbers_book":
        assert "TEMP B-TREE" not in last  # in the book's order already
