"""What somebody typed and has not sent."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table

from storage.tables.base import KEY, metadata

drafts = Table(
    "drafts",
    metadata,
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("instance_id", KEY, nullable=False),
    Column("task_id", KEY, nullable=False),
    Column("content", LargeBinary, nullable=False),  # storage.drafts writes and reads it
    Column("saved_at", KEY, nullable=False),
    PrimaryKeyConstraint("person_id", "task_id"),
    Index("ix_drafts_saved_at", "saved_at"),
)
