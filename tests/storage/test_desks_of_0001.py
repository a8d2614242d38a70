"""What a database of the first version already knew of its tasks stands on its desks after the upgrade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from inbox_kit import ANI, BUDI, NOW
from sqlalchemy import text
from storage_kit import START

from engine.clock import as_text
from engine.testing import FixedClock
from storage.database import open_database
from storage.migrations import configuration, migrate
from storage.queries.inbox import Desk, list_inbox
from storage.queries.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from storage.database import Database

AT = as_text(START)
ROWS = (
    """INSERT INTO agencies (id, name, zone, head_seq, head_hash)
    VALUES ('contoh', 'Dinas', 'Asia/Jakarta', 0, :blob)""",
    """INSERT INTO definitions (id, deployment_id, agency_id, key, version, name, digest, resource, source, starters,
     deployed_at) VALUES ('surat-1', 'd', 'contoh', 'surat', 1, 'Surat', '', '', :blob, '', :at)""",
    """INSERT INTO instances (id, agency_id, definition_id, key, state, revision, number, subject, business_key,
     started_at, frontier, variables, head_seq, head_hash)
    VALUES ('open', 'contoh', 'surat-1', 'surat', 'running', 1, '', '', '', :at, :blob, :blob, 1, :blob),
     ('secret', 'contoh', 'surat-1', 'surat', 'running', 1, '', '', '', :at, :blob, :secret, 1, :blob)""",
    """INSERT INTO user_tasks (instance_id, id, agency_id, definition_id, element, name, lane_id, on_behalf_of, narrowed,
     state, holder_id, revision, created_at, changed_at)
    VALUES ('open', 'open-1', 'contoh', 'surat-1', 'e', 'n', 'lane_kepala', '', 0, 'created', NULL, 1, :at, :at),
     ('open', 'open-2', 'contoh', 'surat-1', 'e', 'n', 'lane_kepala', '', 1, 'created', NULL, 1, :at, :at),
     ('open', 'open-3', 'contoh', 'surat-1', 'e', 'n', 'lane_kepala', '', 1, 'created', NULL, 1, :at, :at),
     ('secret', 'secret-1', 'contoh', 'surat-1', 'e', 'n', 'lane_kepala', '', 0, 'claimed', 'cici', 1, :at, :at)""",
    """INSERT INTO candidates (task_id, kind, place, candidate)
    VALUES ('open-2', 'group', 0, 'lain'), ('open-2', 'group', 1, 'kepala'), ('open-2', 'person', 0, 'siapa'),
     ('open-3', 'person', 0, 'budi')""",
    """INSERT INTO history (chain_id, seq, at, type, data, "by", cause, request_id, prev_hash, hash)
    VALUES ('open', 1, :at, 'instance_started', :blob, :signed, 0, 'r', :blob, :blob)""",
)
VALUES = {
    "at": AT,
    "blob": b"{}",
    "secret": b'{"0":{"sifat":"rahasia"}}',
    "signed": b'{"name":"Dewi","person":"dewi","post":"staf","post_name":"Staf Umum"}',
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give a database of the first version with a few tasks, brought up to date."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("make_postgresql")()
    database = open_database(url, FixedClock(START))

    def first_version(connection: Connection) -> None:
        command.upgrade(configuration(connection), "0001")
        for statement in map(text, ROWS):
            values = {name: VALUES[name] for name in statement.compile().params}
            connection.execute(statement, values)

    database.write(first_version)
    migrate(database)
    yield database
    database.close()


def test_old_tasks_lie_before_those_whom_they_name_with_who_sent_them(old: Database) -> None:
    def desk(actor: object) -> dict[str, str]:
        found = old.read(lambda c: list_inbox(c, actor, Desk.FREE, Wish(), NOW))
        return {row.task: f"{row.sender}, {row.sender_post}" for row in found.rows}

    assert desk(ANI) == {"open-1": "Dewi, Staf Umum", "open-2": "Dewi, Staf Umum"}
    assert list(desk(BUDI)) == ["open-1", "open-3"]  # and nothing of the secret case


def test_an_old_process_is_a_choice_of_the_filter(old: Database) -> None:
    found = old.read(lambda c: list_inbox(c, ANI, Desk.FREE, Wish(process="surat"), NOW))
    assert [(choice.value, choice.count) for choice in found.tally.processes] == [("surat", 2)]
