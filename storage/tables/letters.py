"""Registers of letter numbers: their rules, how far their sequences are, and their lines."""

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
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import KEY, metadata

letter_rules = Table(
    "letter_rules",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("register_id", KEY, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("direction", KEY, nullable=False),  # words of engine.letters.rule
    Column("source", KEY, nullable=False),
    Column("scope", KEY, nullable=False),
    Column("reset", KEY, nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("width", Integer, nullable=False),
    Column("pattern", Text, nullable=False),
    Column("codes", LargeBinary, nullable=False),  # canonical JSON: the units' codes by unit
    Column("lanes", KEY, nullable=False),  # lane ids, separated by a space
    Column("valid_from", KEY, nullable=False),  # a day
    PrimaryKeyConstraint("agency_id", "register_id", "version"),
)

letter_sequences = Table(
    "letter_sequences",
    metadata,
    Column("agency_id", KEY, nullable=False),
    Column("register_id", KEY, nullable=False),
    Column("period", KEY, nullable=False),
    Column("scope", KEY, nullable=False),
    Column("last", BigInteger, nullable=False),
    PrimaryKeyConstraint("agency_id", "register_id", "period", "scope"),
)

_LIVE = text("state <> 'voided'")
_OF_CASE = text("instance_id IS NOT NULL")
_RESERVED = text("state = 'reserved'")

letter_numbers = Table(
    "letter_numbers",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("register_id", KEY, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("period", KEY, nullable=False),
    Column("ordinal", BigInteger, nullable=False),
    Column("scope", KEY, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("number", Text, nullable=False),
    Column("state", KEY, nullable=False),
    Column("classification", KEY, nullable=False),
    Column("unit_id", KEY, nullable=False),
    Column("taken_on", KEY, nullable=False),  # a day in the office
    Column("taken_at", KEY, nullable=False),
    Column("taken_by", KEY, nullable=False),
    Column("taken_by_name", Text, nullable=False),
    Column("changed_at", KEY, nullable=False),
    Column("reason", Text, nullable=False),
    Column("instance_id", KEY, ForeignKey("instances.id")),
    Column("home", Integer, nullable=False),
    Column("field", KEY, nullable=False),
    Column("void_cause", KEY, nullable=False),  # empty when it is not voided
    Column("void_reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    # what the book says of the letter: engine.letters.number.BookEntry
    Column("subject", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("their_number", Text, nullable=False),
    Column("letter_date", KEY, nullable=False),
    Column("received_on", KEY, nullable=False),
    Column("meant_for", Text, nullable=False),
    Column("sent_on", KEY, nullable=False),
    # one integer of a sequence, one line; and no two lines of a period that read alike
    UniqueConstraint(
        "agency_id",
        "register_id",
        "period",
        "scope",
        "sequence",
        name="uq_letter_numbers_sequence",
    ),
    Index(
        "uq_letter_numbers_number",
        "agency_id",
        "register_id",
        "period",
        "number",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index("ix_letter_numbers_book", "agency_id", "register_id", "taken_on", "ordinal"),
    Index(
        "ix_letter_numbers_reserved",
        "agency_id",
        "taken_at",
        sqlite_where=_RESERVED,
        postgresql_where=_RESERVED,
    ),
    Index(
        "ix_letter_numbers_instance_id",
        "instance_id",
        sqlite_where=_OF_CASE,
        postgresql_where=_OF_CASE,
    ),
)
