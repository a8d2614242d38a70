"""Files that people handed in."""

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

previews = Table(
    "previews",
    metadata,
    Column("digest", KEY, ForeignKey("files.digest"), primary_key=True),
    Column("pages", Integer, nullable=False),  # how many the file has, 0 when it can't be shown
    Column("refusal", KEY, nullable=False),  # why it can't be shown, empty when it can
    Column("made_at", KEY, nullable=False),
)

preview_pages = Table(
    "preview_pages",
    metadata,
    Column("digest", KEY, ForeignKey("previews.digest"), nullable=False),
    Column("page", Integer, nullable=False),  # from 1
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("content_type", KEY, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("digest", "page"),
)
