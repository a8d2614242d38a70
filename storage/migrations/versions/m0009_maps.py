"""Maps of processes that are only drawn.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "maps",
        sa.Column("id", KEY, nullable=False),
        sa.Column("deployment_id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("deployed_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_maps_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_maps"),
        sa.UniqueConstraint("agency_id", "key", "version", name="uq_maps_agency_id_key_version"),
    )
