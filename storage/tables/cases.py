"""Processes in force, and the cases and tasks that run by them."""

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
    Column("tag", KEY, nullable=False, server_default=""),
    # post or unit ids, and logins, separated by a comma: who may start a case of those who stand for its starters
    Column("starter_groups", KEY, nullable=False, server_default=""),
    Column("starter_persons", KEY, nullable=False, server_default=""),
    Column("retention", KEY, nullable=False, server_default=""),
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
    Column("is_secret", Integer, nullable=False, server_default="0"),
    Column("parent_id", KEY),
    Column("frontier", LargeBinary, nullable=False),
    Column("variables", LargeBinary, nullable=False),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    Index("ix_instances_agency_id_key_id", "agency_id", "key", "id"),
    Index(
        "ix_instances_list",  # all cases by age, with all that the list of cases is filtered by
        "agency_id",
        "id",
        "state",
        "key",
        "definition_id",
        "is_secret",
    ),
    Index(
        "ix_instances_parent_id",
        "parent_id",
        sqlite_where=text("parent_id IS NOT NULL"),
        postgresql_where=text("parent_id IS NOT NULL"),
    ),
)

case_titles = Table(
    "case_titles",
    metadata,
    Column("agency_id", KEY, nullable=False),
    Column("instance_id", KEY, ForeignKey("instances.id"), nullable=False),
    # number, subject and business key in small letters: what a search reads instead of whole cases; by triggers
    Column("title", Text, nullable=False),
    PrimaryKeyConstraint("agency_id", "instance_id"),
    sqlite_with_rowid=False,
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
    Column("sender", Text, nullable=False, server_default=""),
    Column("sender_post", Text, nullable=False, server_default=""),
    Column("sender_id", KEY, nullable=False, server_default=""),  # empty for Alur itself
    Column("follow_up", KEY, nullable=False, server_default=""),  # a day, empty when not put aside
    Column("opened_at", KEY),
    # what a desk asks of a task's case and candidates, kept beside it so that a desk is one walk along an index
    Column("root_definition_id", KEY, nullable=False, server_default=""),  # of the case itself
    Column("is_secret", Integer, nullable=False, server_default="0"),  # the case's, by a trigger
    Column("narrowed_to", KEY, nullable=False, server_default=""),  # storage.rows.narrowing
    Column("due_length", KEY, nullable=False, server_default=""),
    Column("due_is_estimate", Integer, nullable=False, server_default="0"),
    Column("due_told", KEY, nullable=False, server_default=""),  # engine.user_task.DueTold
    Column("priority", Integer, nullable=False, server_default="50"),
    PrimaryKeyConstraint("instance_id", "id"),
    Index(
        "ix_user_tasks_open",  # a lane's desk in its order, with all that it is counted and filtered by
        "agency_id",
        "lane_id",
        "due_at",
        "id",
        "holder_id",
        "narrowed_to",
        "is_secret",
        "root_definition_id",
        "created_at",
        "state",
        "instance_id",
        sqlite_where=text("state IN ('created', 'claimed')"),
        postgresql_where=text("state IN ('created', 'claimed')"),
    ),
    Index(
        "ix_user_tasks_due",  # what is to be reminded of, and what is late and not told yet
        "agency_id",
        "due_told",
        "due_at",
        "created_at",
        "state",
        "id",
        sqlite_where=text("state IN ('created', 'claimed') AND due_at IS NOT NULL"),
        postgresql_where=text("state IN ('created', 'claimed') AND due_at IS NOT NULL"),
    ),
    Index(
        "ix_user_tasks_counted",  # the cases whose deadlines a change of the calendar may move
        "agency_id",
        "instance_id",
        "due_length",
        "state",
        sqlite_where=text("state IN ('created', 'claimed') AND due_length <> ''"),
        postgresql_where=text("state IN ('created', 'claimed') AND due_length <> ''"),
    ),
    Index(
        "ix_user_tasks_held",  # a person's desk in its order
        "holder_id",
        "due_at",
        "id",
        "lane_id",
        "follow_up",
        "state",
        sqlite_where=text("state = 'claimed'"),
        postgresql_where=text("state = 'claimed'"),
    ),
    Index(
        "ix_user_tasks_done",  # what a person did, the newest last
        "holder_id",
        "changed_at",
        "id",
        "root_definition_id",
        "state",
        sqlite_where=text("state = 'completed'"),
        postgresql_where=text("state = 'completed'"),
    ),
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
