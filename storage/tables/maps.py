"""Maps of processes that are only drawn. Rows are never changed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text, UniqueConstraint

from storage.tables.base import KEY, metadata

maps = Table(
    "maps",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("deployment_id", KEY, nullable=False),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("key", KEY, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", KEY, nullable=False),
    Column("resource", Text, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("deployed_at", KEY, nullable=False),
    UniqueConstraint("agency_id", "key", "version"),
)
