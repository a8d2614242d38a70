"""Drafts, previews of files, and what the list of cases is searched by.

Revision 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the schema forward."""
    _drafts()
    _previews()
    _titles()


def _drafts() -> None:
    op.add_column("user_tasks", sa.Column("sender_id", KEY, nullable=False, server_default=""))
    op.create_table(
        "drafts",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("instance_id", KEY, nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_drafts_person_id"),
        sa.PrimaryKeyConstraint("person_id", "task_id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_saved_at", "drafts", ["saved_at"])


def _previews() -> None:
    op.create_table(
        "previews",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("refusal", KEY, nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["files.digest"], name="fk_previews_digest"),
        sa.PrimaryKeyConstraint("digest", name="pk_previews"),
    )
    op.create_table(
        "preview_pages",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content_type", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["previews.digest"], name="fk_preview_pages_digest"),
        sa.PrimaryKeyConstraint("digest", "page", name="pk_preview_pages"),
    )


def _titles() -> None:
    columns = ["agency_id", "id", "state", "key", "definition_id", "is_secret"]
    op.create_index("ix_instances_list", "instances", columns)
    op.create_table(
        "case_titles",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("instance_id", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instances.id"], name="fk_case_titles_instance_id"
        ),
        sa.PrimaryKeyConstraint("agency_id", "instance_id", name="pk_case_titles"),
        sqlite_with_rowid=False,
    )
    op.execute(_FILL)
    for statement in _KEEP[op.get_bind().dialect.name]:
        op.execute(statement)


_LONGEST = 1_000
"""Characters of a title that are searched."""

_TITLE = (
    "substr(lower({row}.number || ' | ' || {row}.subject || ' | ' || {row}.business_key), 1, "
    f"{_LONGEST})"
)
_CHANGED = (
    "new.number <> old.number OR new.subject <> old.subject OR new.business_key <> old.business_key"
)
_FILL = (
    "INSERT INTO case_titles (agency_id, instance_id, title) "  # noqa: S608 - nothing but our own words
    f"SELECT agency_id, id, {_TITLE.format(row='instances')} FROM instances"
)
_ADD = f"INSERT INTO case_titles (agency_id, instance_id, title) VALUES (new.agency_id, new.id, {_TITLE.format(row='new')})"  # noqa: S608 - the same
_CHANGE = f"UPDATE case_titles SET title = {_TITLE.format(row='new')} WHERE agency_id = new.agency_id AND instance_id = new.id"  # noqa: S608 - the same
_ON_CHANGE = "AFTER UPDATE OF number, subject, business_key ON instances"

_KEEP = {
    "sqlite": (
        f"CREATE TRIGGER a_new_case_has_a_title AFTER INSERT ON instances BEGIN {_ADD}; END",
        f"CREATE TRIGGER a_title_follows_its_case {_ON_CHANGE} WHEN {_CHANGED} BEGIN {_CHANGE}; END",
    ),
    "postgresql": (
        f"CREATE FUNCTION add_case_title() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_ADD}; RETURN NULL; END $$",
        f"CREATE FUNCTION change_case_title() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_CHANGE}; RETURN NULL; END $$",
        "CREATE TRIGGER a_new_case_has_a_title AFTER INSERT ON instances FOR EACH ROW EXECUTE FUNCTION add_case_title()",
        f"CREATE TRIGGER a_title_follows_its_case {_ON_CHANGE} FOR EACH ROW WHEN ({_CHANGED}) EXECUTE FUNCTION change_case_title()",
    ),
}
"""What keeps the titles as the cases are, whoever writes a case."""
