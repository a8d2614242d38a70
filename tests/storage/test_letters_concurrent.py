"""Two hundred numbers taken at once, on SQLite and PostgreSQL: no gap, no double, whatever fails in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

import pytest
from engine_office import UNUSED
from letter_kit import OUTGOING, STEPS, letter, rule

from engine.actor import Signature
from engine.chain import agency_chain, instance_chain
from engine.errors import InvalidSubmission
from engine.history import LetterNumberReserved
from engine.ids import AgencyId, PersonId, RequestId
from engine.letters.by_hand import ByHand
from engine.letters.number import BookEntry
from engine.letters.rule import Scope
from engine.letters.taking import Wanted
from engine.runtime import Runtime
from engine.store import Registration
from engine.testing import example_office, example_post
from storage.history import list_records
from storage.store import SqlStore
from storage.tables import letter_numbers, letter_sequences

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.ids import InstanceId
    from engine.letters.rule import LetterRule
    from engine.testing import FixedClock
    from storage.database import Database

AT_ONCE = 16
BY_BUTTON, BY_SENDING, BY_HAND, REFUSED = 80, 80, 40, 40
TAKEN = BY_BUTTON + BY_SENDING + BY_HAND

STRAIGHT = "start mulai\nuser beri formRef=beri\nend selesai\nmulai -> beri\nberi -> selesai"
"""A letter that has nothing but its number."""


class Office:
    """An office on a database, with many letters that wait for their number."""

    def __init__(self, database: Database, clock: FixedClock, of: LetterRule) -> None:
        self.database = database
        self.store = SqlStore(database)
        self.runtime = Runtime(self.store, clock)
        self.runtime.set_up(example_office(example_post("bidang", "petugas", unit="bidang")))
        person = Registration(
            person=PersonId("bidang"),
            agency=AgencyId("contoh"),
            login="bidang",
            name="Bidang",
            posts=(example_post("bidang").id,),
            roles=frozenset(),
            password_hash=UNUSED,
        )
        self.runtime.register(person, by=Signature.of_system())
        self.runtime.set_up_register(of, by=Signature.of_system())
        (self.definition,) = self.runtime.deploy(
            letter({"beri": {**STEPS["beri"], "nomor.klasifikasi": "kode"}}, lines=STRAIGHT),
            agency=AgencyId("contoh"),
            by=Signature.of_system(),
        )
        self.actor = self.store.transact(lambda tx: tx.get_actor(PersonId("bidang")))

    def begin(self, count: int) -> list[InstanceId]:
        """Start letters."""
        ids = (RequestId(f"mulai-{n}") for n in range(count))
        start = self.runtime.start
        return [start(self.definition.id, actor=self.actor, request=each) for each in ids]

    def by_button(self, case: InstanceId, code: str) -> None:
        """Take the number of a letter by its button."""
        (task,) = self.store.transact(lambda tx: tx.list_open_tasks(case))
        self.runtime.reserve_number(
            task.id,
            {"kode": code},
            actor=self.actor,
            request=RequestId(f"ambil-{case}"),
            revision=task.revision,
        )

    def by_sending(self, case: InstanceId, code: str, date: str = "2026-03-02") -> None:
        """Take and confirm the number of a letter by sending its form; a wrong date is found after it was taken."""
        (task,) = self.store.transact(lambda tx: tx.list_open_tasks(case))
        self.runtime.complete(
            task.id,
            {"kode": code, "tanggal": date},
            actor=self.actor,
            request=RequestId(f"kirim-{case}"),
            revision=task.revision,
        )

    def by_hand(self, request: str, code: str) -> None:
        """Take a number by hand."""
        asked = ByHand(
            wanted=Wanted(classification=code, unit="bidang"), entry=BookEntry(subject="Surat")
        )
        self.runtime.reserve_by_hand(
            OUTGOING.register, asked, "perlu", actor=self.actor, request=RequestId(request)
        )

    def lines(self) -> list[tuple[str, int, int, str]]:
        """Give sequence, integer, line and text of every number there is."""
        columns = letter_numbers.c
        query = letter_numbers.select().with_only_columns(
            columns.scope, columns.sequence, columns.ordinal, columns.number
        )
        return [tuple(row) for row in self.database.read(lambda c: c.execute(query).all())]

    def lasts(self) -> dict[str, int]:
        """Give how far each sequence is."""
        rows = self.database.read(lambda c: c.execute(letter_sequences.select()).mappings().all())
        return {row["scope"]: row["last"] for row in rows}


def at_once(*works: Callable[[], None]) -> list[str]:
    """Run all at once; gives the codes of those that were refused."""

    def refused(work: Callable[[], None]) -> str:
        try:
            work()
        except InvalidSubmission as error:
            return error.code
        return ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [code for code in pool.map(refused, works) if code]


def works(office: Office, codes: tuple[str, ...]) -> list[Callable[[], None]]:
    """Give what is to be done at once, mixed: by button, by sending, by hand, and sent wrongly (the number is given back)."""
    cases = office.begin(BY_BUTTON + BY_SENDING + REFUSED)
    coded = [(case, codes[n % len(codes)]) for n, case in enumerate(cases)]
    pressed, sent = coded[:BY_BUTTON], coded[BY_BUTTON : BY_BUTTON + BY_SENDING]
    found: list[Callable[[], None]] = [
        *(lambda case=case, code=code: office.by_button(case, code) for case, code in pressed),
        *(lambda case=case, code=code: office.by_sending(case, code) for case, code in sent),
        *(
            lambda case=case, code=code: office.by_sending(case, code, "31-31-2026")
            for case, code in coded[BY_BUTTON + BY_SENDING :]
        ),
        *(lambda n=n: office.by_hand(f"tangan-{n}", codes[n % len(codes)]) for n in range(BY_HAND)),
    ]
    Random(7).shuffle(found)  # noqa: S311 - an order, no secret
    return found


def test_two_hundred_numbers_of_one_sequence_have_no_gap_and_no_double(
    database: Database, clock: FixedClock
) -> None:
    office = Office(database, clock, OUTGOING)
    refused = at_once(*works(office, ("005",)))
    assert refused == ["submission_invalid"] * REFUSED
    lines = office.lines()
    whole = range(1, TAKEN + 1)
    assert sorted(sequence for _, sequence, _, _ in lines) == list(whole)
    assert sorted(ordinal for _, _, ordinal, _ in lines) == list(whole)
    assert {text for *_, text in lines} == {f"005/{n:03}/KOP/III/2026" for n in whole}
    assert office.lasts() == {"": TAKEN}


def test_each_of_several_sequences_is_whole_and_so_is_their_book(
    database: Database, clock: FixedClock
) -> None:
    office = Office(database, clock, rule(scope=Scope.CLASSIFICATION))
    at_once(*works(office, ("005", "090", "000.8.3.3")))
    lines = office.lines()
    for code, last in office.lasts().items():
        if code:
            own = sorted(sequence for scope, sequence, _, _ in lines if scope == code)
            assert own == list(range(1, last + 1))
    assert sorted(ordinal for _, _, ordinal, _ in lines) == list(range(1, len(lines) + 1))
    assert len({text for *_, text in lines}) == len(lines) == TAKEN


def test_every_number_is_told_once_in_a_chain(database: Database, clock: FixedClock) -> None:
    office = Office(database, clock, OUTGOING)
    cases = office.begin(20)
    at_once(*(lambda case=case: office.by_button(case, "005") for case in cases))
    at_once(*(lambda n=n: office.by_hand(f"tangan-{n}", "005") for n in range(20)))
    chains = [agency_chain(AgencyId("contoh")), *map(instance_chain, cases)]
    records = [r for c in chains for r in database.read(lambda d, c=c: list_records(d, c))]
    told = [r.event for r in records if isinstance(r.event, LetterNumberReserved)]
    assert sorted(event.sequence for event in told) == list(range(1, 41))
    assert {event.number for event in told} == {text for *_, text in office.lines()}


@pytest.mark.parametrize("times", [8])
def test_one_case_asked_for_many_times_at_once_gets_one_number(
    database: Database, clock: FixedClock, times: int
) -> None:
    office = Office(database, clock, OUTGOING)
    (case,) = office.begin(1)
    (task,) = office.store.transact(lambda tx: tx.list_open_tasks(case))

    def ask(n: int) -> None:
        office.runtime.reserve_number(
            task.id,
            {"kode": "005"},
            actor=office.actor,
            request=RequestId(f"ambil-{n}"),
            revision=task.revision,
        )

    at_once(*(lambda n=n: ask(n) for n in range(times)))
    assert [sequence for _, sequence, _, _ in office.lines()] == [1]
