"""Decisions in force, and which deployment brought which of their versions. Rows are never changed."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import KEY, metadata

decisions = Table(
    "decisions",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("deployment_id", KEY, nullable=False),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("key", KEY, nullable=False),
    Column("version", Integer, nullable=False),
    Column("tag", KEY, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", KEY, nullable=False),
    Column("resource", Text, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("deployed_at", KEY, nullable=False),
    UniqueConstraint("agency_id", "key", "version"),
)

decision_deployments = Table(
    "decision_deployments",
    metadata,
    # a deployment may bring a decision unchanged: that keeps its version, and belongs to both
    Column("deployment_id", KEY, nullable=False),
    Column("key", KEY, nullable=False),
    Column("decision_id", KEY, ForeignKey("decisions.id"), nullable=False),
    PrimaryKeyConstraint("deployment_id", "key"),
)
