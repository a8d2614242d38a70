"""Work that is done later, and what it tells people."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    text,
)

from storage.tables.base import KEY, metadata

_WAITS = "state <> 'failed'"
_FAILED = "state = 'failed'"
_HAS_TOPIC = "topic <> ''"
_UNREAD = "read_at IS NULL"
_FOR_DIGEST = "for_digest = 1"

jobs = Table(
    "jobs",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("kind", KEY, nullable=False),
    Column("instance_id", KEY),
    Column("data", LargeBinary, nullable=False),
    Column("due_at", KEY, nullable=False),
    Column("state", KEY, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", KEY),
    Column("fence", BigInteger, nullable=False),
    Column("created_at", KEY, nullable=False),
    Column("error", KEY, nullable=False),
    Column("topic", KEY, nullable=False, server_default=""),
    Index(
        "ix_jobs_topic",
        "kind",
        "topic",
        "agency_id",
        sqlite_where=text(_HAS_TOPIC),
        postgresql_where=text(_HAS_TOPIC),
    ),
    Index(
        "ix_jobs_waiting",
        "due_at",
        "id",
        sqlite_where=text(_WAITS),
        postgresql_where=text(_WAITS),
    ),
    Index(
        "ix_jobs_failed",
        "agency_id",
        "id",
        sqlite_where=text(_FAILED),
        postgresql_where=text(_FAILED),
    ),
    sqlite_with_rowid=False,
)

notices = Table(
    "notices",
    metadata,
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("id", KEY, nullable=False),  # of the event and the person, sorted by the event's time
    Column("kind", KEY, nullable=False),
    Column("chain_id", KEY, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("lead_seq", BigInteger, nullable=False),
    Column("at", KEY, nullable=False),
    Column("instance_id", KEY),
    Column("task_id", KEY),
    Column("read_at", KEY),
    Column("for_digest", Integer, nullable=False),  # 1 until a digest has told it
    PrimaryKeyConstraint("person_id", "id"),
    Index(
        "ix_notices_unread",
        "person_id",
        "read_at",  # always NULL here; with it SQLite counts by the index alone
        "instance_id",
        sqlite_where=text(_UNREAD),
        postgresql_where=text(_UNREAD),
    ),
    Index(
        "ix_notices_task",
        "task_id",
        sqlite_where=text(_UNREAD),
        postgresql_where=text(_UNREAD),
    ),
    Index(
        "ix_notices_digest",
        "person_id",
        "for_digest",  # always 1 here, the same
        "id",
        sqlite_where=text(_FOR_DIGEST),
        postgresql_where=text(_FOR_DIGEST),
    ),
    sqlite_with_rowid=False,
)
