"""The numbers that an office sets for a process.

Revision 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "office_values",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("process_key", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("value", KEY, nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_office_values_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", "process_key", "name", name="pk_office_values"),
    )
