"""First tables.

Revision 0001, after nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

REFUSALS = {
    "sqlite": tuple(
        f"CREATE TRIGGER history_is_never_{done} BEFORE {act} ON history "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        for done, act in (("changed", "UPDATE"), ("removed", "DELETE"))
    ),
    "postgresql": (
        """CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
        """CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history()""",
    ),
}
"""What makes each database refuse to change or remove a record of history."""


def upgrade() -> None:
    """Bring the schema forward."""
    _office()
    _people()
    _definitions()
    _parts_of_definitions()
    _cases()
    _tasks()
    _indexes_of_tasks()
    _candidates()
    _history()
    _files()
    for statement in REFUSALS[op.get_bind().dialect.name]:
        op.execute(statement)


def _office() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agencies"),
    )
    op.create_table(
        "units",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_units_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", "id", name="pk_units"),
    )
    op.create_table(
        "posts",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_posts_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", "id", name="pk_posts"),
    )
    op.create_table(
        "post_lanes",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("lane_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "post_id", "lane_id", name="pk_post_lanes"),
    )


def _people() -> None:
    op.create_table(
        "persons",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("login", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", KEY, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("closed_at", KEY, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_persons_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.UniqueConstraint("login", name="uq_persons_login"),
    )
    op.create_table(
        "holdings",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("held_from", KEY, nullable=False),
        sa.Column("held_to", KEY, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_holdings_person_id"),
        sa.PrimaryKeyConstraint(
            "person_id", "agency_id", "post_id", "held_from", name="pk_holdings"
        ),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("csrf", KEY, nullable=False),
        sa.Column("opened_at", KEY, nullable=False),
        sa.Column("seen_at", KEY, nullable=False),
        sa.Column("expires_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_sessions_person_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])


def _definitions() -> None:
    op.create_table(
        "definitions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("deployment_id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("starters", KEY, nullable=False),
        sa.Column("deployed_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_definitions_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_definitions"),
        sa.UniqueConstraint(
            "agency_id", "key", "version", name="uq_definitions_agency_id_key_version"
        ),
    )


def _parts_of_definitions() -> None:
    op.create_table(
        "definition_forms",
        sa.Column("definition_id", KEY, nullable=False),
        sa.Column("form_id", KEY, nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_definition_forms_definition_id"
        ),
        sa.PrimaryKeyConstraint("definition_id", "form_id", name="pk_definition_forms"),
    )
    op.create_table(
        "definition_calls",
        sa.Column("definition_id", KEY, nullable=False),
        sa.Column("called_key", KEY, nullable=False),
        sa.Column("called_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_definition_calls_definition_id"
        ),
        sa.PrimaryKeyConstraint("definition_id", "called_key", name="pk_definition_calls"),
    )
    op.create_table(
        "definition_lanes",
        sa.Column("definition_id", KEY, nullable=False),
        sa.Column("lane_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_definition_lanes_definition_id"
        ),
        sa.PrimaryKeyConstraint("definition_id", "lane_id", name="pk_definition_lanes"),
    )
    op.create_index("ix_definition_lanes_lane_id", "definition_lanes", ["lane_id"])


def _cases() -> None:
    op.create_table(
        "instances",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("definition_id", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("business_key", sa.Text(), nullable=False),
        sa.Column("started_at", KEY, nullable=False),
        sa.Column("ended_at", KEY, nullable=True),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("variables", sa.LargeBinary(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_instances_agency_id"),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_instances_definition_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_instances"),
    )
    op.create_index("ix_instances_agency_id_key_id", "instances", ["agency_id", "key", "id"])


def _tasks() -> None:
    op.create_table(
        "user_tasks",
        sa.Column("instance_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("definition_id", KEY, nullable=False),
        sa.Column("element", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lane_id", KEY, nullable=False),
        sa.Column("on_behalf_of", KEY, nullable=False),
        sa.Column("narrowed", sa.Integer(), nullable=False),
        sa.Column("due_at", KEY, nullable=True),
        sa.Column("state", KEY, nullable=False),
        sa.Column("holder_id", KEY, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", KEY, nullable=False),
        sa.Column("changed_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_user_tasks_definition_id"
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instances.id"], name="fk_user_tasks_instance_id"
        ),
        sa.PrimaryKeyConstraint("instance_id", "id", name="pk_user_tasks"),
        sqlite_with_rowid=False,
    )


def _indexes_of_tasks() -> None:
    op.create_index(
        "ix_user_tasks_done",
        "user_tasks",
        ["holder_id", "changed_at"],
        sqlite_where=sa.text("state = 'completed'"),
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.create_index(
        "ix_user_tasks_free",
        "user_tasks",
        ["agency_id", "lane_id", "id"],
        sqlite_where=sa.text("state = 'created'"),
        postgresql_where=sa.text("state = 'created'"),
    )
    op.create_index(
        "ix_user_tasks_held",
        "user_tasks",
        ["holder_id", "id"],
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )


def _candidates() -> None:
    op.create_table(
        "candidates",
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("candidate", KEY, nullable=False),
        sa.PrimaryKeyConstraint("task_id", "kind", "place", name="pk_candidates"),
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("chain_id", KEY, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.Column("type", KEY, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.LargeBinary(), nullable=True),
        sa.Column("cause", sa.BigInteger(), nullable=False),
        sa.Column("request_id", KEY, nullable=True),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "seq", name="pk_history"),
    )
    op.create_index(
        "uq_history_request_id",
        "history",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("request_id IS NOT NULL"),
        postgresql_where=sa.text("request_id IS NOT NULL"),
    )
    op.create_table(
        "personal_values",
        sa.Column("chain_id", KEY, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "seq", "key", name="pk_personal_values"),
        sqlite_with_rowid=False,
    )


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_type", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", KEY, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_files"),
    )
    op.create_table(
        "uploads",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("uploaded_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["files.digest"], name="fk_uploads_digest"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_uploads_person_id"),
        sa.PrimaryKeyConstraint("person_id", "digest", name="pk_uploads"),
    )
    op.create_table(
        "instance_files",
        sa.Column("instance_id", KEY, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["files.digest"], name="fk_instance_files_digest"),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instances.id"], name="fk_instance_files_instance_id"
        ),
        sa.PrimaryKeyConstraint("instance_id", "digest", name="pk_instance_files"),
    )
    op.create_index("ix_instance_files_digest", "instance_files", ["digest"])
