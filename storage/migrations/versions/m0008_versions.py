"""What a version says of itself: its tag, who may start it, how long its cases are kept; and how urgent a task is.

Revision 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the schema forward."""
    for name in ("tag", "starter_groups", "starter_persons", "retention"):
        op.add_column("definitions", sa.Column(name, KEY, nullable=False, server_default=""))
    urgency = sa.Column("priority", sa.Integer(), nullable=False, server_default="50")
    op.add_column("user_tasks", urgency)
