"""The agencies' work calendars, and where the deadline of a task comes from.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_HAS_DEADLINE = "state IN ('created', 'claimed') AND due_at IS NOT NULL"
_COUNTED = "state IN ('created', 'claimed') AND due_length <> ''"


def upgrade() -> None:
    """Bring the schema forward."""
    _calendars()
    _deadlines()


def _calendars() -> None:
    op.create_table(
        "work_calendars",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("week", KEY, nullable=False),
        sa.Column("seasons", sa.LargeBinary(), nullable=False),
        sa.Column("reminds_before", sa.Integer(), nullable=False),
        sa.Column("escalates", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("is_settled", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_work_calendars_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", name="pk_work_calendars"),
    )
    op.create_table(
        "calendar_years",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Integer(), nullable=False),
        sa.Column("days", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_calendar_years_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", "year", name="pk_calendar_years"),
    )


def _deadlines() -> None:
    op.add_column("user_tasks", sa.Column("due_length", KEY, nullable=False, server_default=""))
    op.add_column(
        "user_tasks",
        sa.Column("due_is_estimate", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("user_tasks", sa.Column("due_told", KEY, nullable=False, server_default=""))
    for name, columns, where in (
        (
            "ix_user_tasks_due",
            ["agency_id", "due_told", "due_at", "created_at", "state", "id"],
            _HAS_DEADLINE,
        ),
        ("ix_user_tasks_counted", ["agency_id", "instance_id", "due_length", "state"], _COUNTED),
    ):
        op.create_index(
            name,
            "user_tasks",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
