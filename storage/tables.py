"""The tables. What a column means is said where its value is declared in `engine/`.

Moments are ISO 8601 texts in UTC (`engine.clock.as_text`), so they sort alike everywhere; JSON is kept as bytes, never as
jsonb, because its canonical form is hashed. What a database needs beside tables and indexes (history that refuses every
UPDATE and DELETE) is in the migration.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

KEY = Text().with_variant(Text(collation="C"), "postgresql")
"""Ids, words and moments: compared byte for byte on PostgreSQL too, whatever language the server sorts by."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

agencies = Table(
    "agencies",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("id", KEY, nullable=False),
    Column("name", Text, nullable=False),
    PrimaryKeyConstraint("agency_id", "id"),
)

posts = Table(
    "posts",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("id", KEY, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit_id", KEY, nullable=False),
    Column("standing", Integer, nullable=False),  # order within the agency, highest post first
    PrimaryKeyConstraint("agency_id", "id"),
)

post_lanes = Table(
    "post_lanes",
    metadata,
    Column("agency_id", KEY, nullable=False),
    Column("post_id", KEY, nullable=False),
    Column("lane_id", KEY, nullable=False),
    PrimaryKeyConstraint("agency_id", "post_id", "lane_id"),
)

persons = Table(
    "persons",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("login", KEY, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", KEY, nullable=False),  # words of engine.actor.Role, separated by a space
    Column("password_hash", Text, nullable=False),
    Column("closed_at", KEY),
    UniqueConstraint("login"),
)

holdings = Table(
    "holdings",
    metadata,
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("agency_id", KEY, nullable=False),
    Column("post_id", KEY, nullable=False),
    Column("held_from", KEY, nullable=False),
    Column("held_to", KEY),
    PrimaryKeyConstraint("person_id", "agency_id", "post_id", "held_from"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),  # SHA-256 of the cookie's value
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("csrf", KEY, nullable=False),
    Column("opened_at", KEY, nullable=False),
    Column("seen_at", KEY, nullable=False),
    Column("expires_at", KEY, nullable=False),
    Index("ix_sessions_person_id", "person_id"),
)

definitions = Table(
    "definitions",
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
    Column("starters", KEY, nullable=False),  # lane ids, separated by a space
    Column("deployed_at", KEY, nullable=False),
    UniqueConstraint("agency_id", "key", "version"),
)

definition_forms = Table(
    "definition_forms",
    metadata,
    Column("definition_id", KEY, ForeignKey("definitions.id"), nullable=False),
    Column("form_id", KEY, nullable=False),
    Column("source", LargeBinary, nullable=False),
    PrimaryKeyConstraint("definition_id", "form_id"),
)

definition_calls = Table(
    "definition_calls",
    metadata,
    Column("definition_id", KEY, ForeignKey("definitions.id"), nullable=False),
    Column("called_key", KEY, nullable=False),
    Column("called_id", KEY, nullable=False),
    PrimaryKeyConstraint("definition_id", "called_key"),
)

definition_lanes = Table(
    "definition_lanes",
    metadata,
    Column("definition_id", KEY, ForeignKey("definitions.id"), nullable=False),
    Column("lane_id", KEY, nullable=False),
    PrimaryKeyConstraint("definition_id", "lane_id"),
    Index("ix_definition_lanes_lane_id", "lane_id"),
)

instances = Table(
    "instances",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("definition_id", KEY, ForeignKey("definitions.id"), nullable=False),
    Column("key", KEY, nullable=False),
    Column("state", KEY, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("business_key", Text, nullable=False),
    Column("started_at", KEY, nullable=False),
    Column("ended_at", KEY),
    Column("frontier", LargeBinary, nullable=False),
    Column("variables", LargeBinary, nullable=False),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    Index("ix_instances_agency_id_key_id", "agency_id", "key", "id"),
)

user_tasks = Table(
    "user_tasks",
    metadata,
    Column("instance_id", KEY, ForeignKey("instances.id"), nullable=False),
    Column("id", KEY, nullable=False),  # begins with its case's id: engine.ids.instance_of
    Column("agency_id", KEY, nullable=False),
    Column("definition_id", KEY, ForeignKey("definitions.id"), nullable=False),
    Column("element", KEY, nullable=False),
    Column("name", Text, nullable=False),
    Column("lane_id", KEY, nullable=False),
    Column("on_behalf_of", KEY, nullable=False),
    Column("narrowed", Integer, nullable=False),  # 1 when rows in candidates narrow it
    Column("due_at", KEY),
    Column("state", KEY, nullable=False),
    Column("holder_id", KEY),
    Column("revision", Integer, nullable=False),
    Column("created_at", KEY, nullable=False),
    Column("changed_at", KEY, nullable=False),
    PrimaryKeyConstraint("instance_id", "id"),
    Index(
        "ix_user_tasks_free",
        "agency_id",
        "lane_id",
        "id",
        sqlite_where=text("state = 'created'"),
        postgresql_where=text("state = 'created'"),
    ),
    Index(
        "ix_user_tasks_held",
        "holder_id",
        "id",
        sqlite_where=text("state = 'claimed'"),
        postgresql_where=text("state = 'claimed'"),
    ),
    Index(
        "ix_user_tasks_done",
        "holder_id",
        "changed_at",
        sqlite_where=text("state = 'completed'"),
        postgresql_where=text("state = 'completed'"),
    ),
    sqlite_with_rowid=False,  # one tree, a case's tasks together
)

candidates = Table(
    "candidates",
    metadata,
    Column("task_id", KEY, nullable=False),
    Column("kind", KEY, nullable=False),  # group or person
    Column("place", Integer, nullable=False),  # its place in the drawing's list
    Column("candidate", KEY, nullable=False),
    PrimaryKeyConstraint("task_id", "kind", "place"),
)

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
