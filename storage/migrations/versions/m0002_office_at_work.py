"""Posts with superiors and deputies, secret and linked cases, what a desk shows of a task.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the schema forward."""
    _office()
    _cases()


def _office() -> None:
    op.add_column("units", sa.Column("closed_at", KEY, nullable=True))
    op.add_column("posts", sa.Column("superior_id", KEY, nullable=True))
    op.add_column("posts", sa.Column("closed_at", KEY, nullable=True))
    _add_text("persons", "email", sa.Text())
    _add_text("persons", "mail", KEY, "digest")
    op.add_column(
        "persons", sa.Column("must_change", sa.Integer(), nullable=False, server_default="0")
    )
    _add_text("holdings", "acting", KEY)
    _add_text("holdings", "letter", sa.Text())
    _add_text("sessions", "address", KEY)
    _add_text("sessions", "agent", sa.Text())


def _cases() -> None:
    op.add_column(
        "instances", sa.Column("is_secret", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("instances", sa.Column("parent_id", KEY, nullable=True))
    op.create_index(
        "ix_instances_parent_id",
        "instances",
        ["parent_id"],
        sqlite_where=sa.text("parent_id IS NOT NULL"),
        postgresql_where=sa.text("parent_id IS NOT NULL"),
    )
    # what 0001 looked for in the variables of every case is a column from now on
    op.execute(_FIND_SECRET[op.get_bind().dialect.name])
    _add_text("user_tasks", "sender", sa.Text())
    _add_text("user_tasks", "sender_post", sa.Text())
    _add_text("user_tasks", "follow_up", KEY)
    op.add_column("user_tasks", sa.Column("opened_at", KEY, nullable=True))


_FIND_SECRET = {
    "sqlite": """UPDATE instances SET is_secret = 1
        WHERE instr(variables, CAST('"sifat":"rahasia"' AS BLOB)) > 0""",
    "postgresql": """UPDATE instances SET is_secret = 1
        WHERE position('"sifat":"rahasia"'::bytea in variables) > 0""",
}


def _add_text(table: str, name: str, kind: sa.types.TypeEngine[str], default: str = "") -> None:
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
