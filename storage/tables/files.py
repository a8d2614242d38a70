"""Files that people handed in."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.base import KEY, metadata

files = Table(
    "files",
    metadata,
    Column("digest", KEY, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content_type", KEY, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("stored_at", KEY, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("digest", KEY, ForeignKey("files.digest"), nullable=False),
    Column("name", Text, nullable=False),
    Column("uploaded_at", KEY, nullable=False),
    PrimaryKeyConstraint("person_id", "digest"),
)

instance_files = Table(
    "instance_files",
    metadata,
    Column("instance_id", KEY, ForeignKey("instances.id"), nullable=False),
    Column("digest", KEY, ForeignKey("files.digest"), nullable=False),
    PrimaryKeyConstraint("instance_id", "digest"),
    Index("ix_instance_files_digest", "digest"),
)
