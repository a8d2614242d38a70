"""What cases wait for besides people: topics of jobs, subscriptions, incidents, and the office's own lengths of waiting.

Revision 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_HAS_TOPIC = "topic <> ''"
_OPEN = "resolved_at IS NULL"
_HAS_LANE = "lane_id IS NOT NULL"
_STARTS = "process_key <> ''"


def upgrade() -> None:
    """Bring the schema forward."""
    _topics()
    _subscriptions()
    _incidents()
    _lengths()


def _topics() -> None:
    op.add_column("jobs", sa.Column("topic", KEY, nullable=False, server_default=""))
    op.create_index(
        "ix_jobs_topic",
        "jobs",
        ["kind", "topic", "agency_id"],
        sqlite_where=sa.text(_HAS_TOPIC),
        postgresql_where=sa.text(_HAS_TOPIC),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("definition_id", KEY, nullable=False),
        sa.Column("process_key", KEY, nullable=False),
        sa.Column("element", KEY, nullable=False),
        sa.Column("instance_id", KEY),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("lane_id", KEY),
        sa.Column("opened_at", KEY),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_subscriptions_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_subscriptions_name", "subscriptions", ["agency_id", "kind", "name", "key", "id"]
    )
    for name, columns, where in (
        ("ix_subscriptions_lane", ["agency_id", "lane_id", "opened_at", "id"], _HAS_LANE),
        ("ix_subscriptions_process", ["agency_id", "process_key"], _STARTS),
    ):
        op.create_index(
            name,
            "subscriptions",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("instance_id", KEY, nullable=False),
        sa.Column("definition_id", KEY, nullable=False),
        sa.Column("element", KEY, nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("job_id", KEY),
        sa.Column("code", KEY, nullable=False),
        sa.Column("told", KEY, nullable=False),
        sa.Column("raised_at", KEY, nullable=False),
        sa.Column("resolved_at", KEY),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_incidents_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    for name, columns in {
        "ix_incidents_open": ["agency_id", "id"],
        "ix_incidents_case": ["instance_id", "id"],
    }.items():
        op.create_index(
            name,
            "incidents",
            columns,
            sqlite_where=sa.text(_OPEN),
            postgresql_where=sa.text(_OPEN),
        )


def _lengths() -> None:
    op.create_table(
        "wait_lengths",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("process_key", KEY, nullable=False),
        sa.Column("element", KEY, nullable=False),
        sa.Column("length", KEY, nullable=False),
        sa.Column("changed_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_wait_lengths_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", "process_key", "element", name="pk_wait_lengths"),
    )
