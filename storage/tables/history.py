"""What happened, and the personal values that its records only commit to."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    text,
)

from storage.tables.base import KEY, metadata

history = Table(
    "history",
    metadata,
    Column("chain_id", KEY, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", KEY, nullable=False),
    Column("type", KEY, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("by", LargeBinary),
    Column("cause", BigInteger, nullable=False),
    Column("request_id", KEY),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("chain_id", "seq"),
    Index(
        "uq_history_request_id",
        "request_id",
        unique=True,
        sqlite_where=text("request_id IS NOT NULL"),
        postgresql_where=text("request_id IS NOT NULL"),
    ),
)

personal_values = Table(
    "personal_values",
    metadata,
    Column("chain_id", KEY, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("key", KEY, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
    PrimaryKeyConstraint("chain_id", "seq", "key"),
    sqlite_with_rowid=False,
)
