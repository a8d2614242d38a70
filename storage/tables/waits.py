"""What cases wait for besides people (timers and work are jobs, in `work.py`)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    text,
)

from storage.tables.base import KEY, metadata

_OPEN = "resolved_at IS NULL"
_HAS_LANE = "lane_id IS NOT NULL"
_STARTS = "process_key <> ''"

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("kind", KEY, nullable=False),
    Column("name", KEY, nullable=False),
    Column("key", KEY, nullable=False),
    Column("definition_id", KEY, nullable=False),
    Column("process_key", KEY, nullable=False),  # of a start event's process, else empty
    Column("element", KEY, nullable=False),
    Column("instance_id", KEY),
    Column("token", BigInteger, nullable=False),
    Column("lane_id", KEY),  # whose holders may record an answer
    Column("opened_at", KEY),
    Index("ix_subscriptions_name", "agency_id", "kind", "name", "key", "id"),
    Index(
        "ix_subscriptions_lane",  # what waits for an answer that a lane may record, oldest first
        "agency_id",
        "lane_id",
        "opened_at",
        "id",
        sqlite_where=text(_HAS_LANE),
        postgresql_where=text(_HAS_LANE),
    ),
    Index(
        "ix_subscriptions_process",
        "agency_id",
        "process_key",
        sqlite_where=text(_STARTS),
        postgresql_where=text(_STARTS),
    ),
    sqlite_with_rowid=False,
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("instance_id", KEY, nullable=False),
    Column("definition_id", KEY, nullable=False),
    Column("element", KEY, nullable=False),
    Column("token", BigInteger, nullable=False),
    Column("job_id", KEY),
    Column("code", KEY, nullable=False),
    Column("told", KEY, nullable=False),
    Column("raised_at", KEY, nullable=False),
    Column("resolved_at", KEY),
    Index(
        "ix_incidents_open",
        "agency_id",
        "id",
        sqlite_where=text(_OPEN),
        postgresql_where=text(_OPEN),
    ),
    Index(
        "ix_incidents_case",
        "instance_id",
        "id",
        sqlite_where=text(_OPEN),
        postgresql_where=text(_OPEN),
    ),
)

wait_lengths = Table(
    "wait_lengths",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("process_key", KEY, nullable=False),
    Column("element", KEY, nullable=False),
    Column("length", KEY, nullable=False),
    Column("changed_at", KEY, nullable=False),
    PrimaryKeyConstraint("agency_id", "process_key", "element"),
)
