"""Accounts at work: who is signed in, which browsers are known, what may still be tried, links for a new password."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.base import KEY, metadata

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),  # SHA-256 of the cookie's value
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("csrf", KEY, nullable=False),
    Column("opened_at", KEY, nullable=False),
    Column("seen_at", KEY, nullable=False),
    Column("expires_at", KEY, nullable=False),
    Column("address", KEY, nullable=False, server_default=""),
    Column("agent", Text, nullable=False, server_default=""),
    Index("ix_sessions_person_id", "person_id"),
)

known_browsers = Table(
    "known_browsers",
    metadata,
    Column("token_hash", LargeBinary, nullable=False),  # SHA-256 of the cookie's value
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("seen_at", KEY, nullable=False),  # the last sign-in of this person there
    PrimaryKeyConstraint("token_hash", "person_id"),
    Index("ix_known_browsers_person_id", "person_id"),
    Index("ix_known_browsers_seen_at", "seen_at"),
)

spent_tries = Table(
    "spent_tries",
    metadata,
    Column("key", KEY, primary_key=True),  # SHA-256 of whose tries they are, in hex
    Column("whole_at", KEY, nullable=False),  # when all tries are there again
    Index("ix_spent_tries_whole_at", "whole_at"),
)

password_resets = Table(
    "password_resets",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),  # SHA-256 of what stands in the link
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("expires_at", KEY, nullable=False),
    Index("ix_password_resets_person_id", "person_id"),
)
