"""Files: each content once, each upload under its person's name for it."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from storage_kit import change_agency, registration

from engine.form import StoredFile
from engine.ids import PersonId
from storage.files import Content, Files
from storage.tables import files

if TYPE_CHECKING:
    from engine.testing import FixedClock
    from storage.database import Database
    from storage.store import SqlStore

ANI, BUDI = PersonId("ani"), PersonId("budi")
LETTER = b"%PDF-1.7 \x00\xff" * 1000
DIGEST = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture(autouse=True)
def people(store: SqlStore) -> None:
    """Let there be two people."""
    store.transact(lambda t: change_agency(t, registrations=(registration("budi"),)))


def test_a_content_is_found_by_its_digest(database: Database) -> None:
    stored = Files(database).store_file(LETTER, "surat.pdf", "application/pdf", ANI)
    assert stored == StoredFile(
        name="surat.pdf", digest=DIGEST, size=len(LETTER), content_type="application/pdf"
    )
    found = Files(database).find_content(DIGEST)
    assert found == Content(content=LETTER, content_type="application/pdf")
    assert Files(database).find_content("0" * 64) is None


def test_the_same_content_is_kept_once_and_listed_for_each_who_handed_it_in(
    database: Database, clock: FixedClock
) -> None:
    found = Files(database)
    found.store_file(LETTER, "surat.pdf", "application/pdf", ANI)
    clock.advance(timedelta(minutes=1))
    found.store_file(b"", "kosong.txt", "text/plain", ANI)
    clock.advance(timedelta(minutes=1))
    found.store_file(LETTER, "lain.pdf", "application/pdf", BUDI)
    found.store_file(LETTER, "baru.pdf", "application/pdf", ANI)
    assert [f.name for f in found.list_uploads(ANI)] == ["baru.pdf", "kosong.txt"]
    assert [f.name for f in found.list_uploads(BUDI)] == ["lain.pdf"]
    count = select(func.count()).select_from(files)
    assert database.read(lambda c: c.execute(count).scalar_one()) == 2


def test_the_same_content_may_be_handed_in_by_many_at_once(database: Database) -> None:
    threads = 6
    together = threading.Barrier(threads)

    def hand_in(number: int) -> StoredFile:
        together.wait(timeout=10)
        person = (ANI, BUDI)[number % 2]
        return Files(database).store_file(LETTER, "surat.pdf", "application/pdf", person)

    with ThreadPoolExecutor(threads) as pool:
        stored = list(pool.map(hand_in, range(threads)))
    assert {file.digest for file in stored} == {DIGEST}
    assert len(Files(database).list_uploads(ANI)) == 1
