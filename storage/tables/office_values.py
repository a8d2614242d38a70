"""The numbers that an office sets for a process: one row for each that is set."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from storage.tables.base import KEY, metadata

office_values = Table(
    "office_values",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("process_key", KEY, nullable=False),
    Column("name", KEY, nullable=False),
    Column("value", KEY, nullable=False),  # the canonical text of the number
    Column("set_by", Text, nullable=False),
    Column("set_at", KEY, nullable=False),
    PrimaryKeyConstraint("agency_id", "process_key", "name"),
)
