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
    _accounts()
    _cases()
    _jobs()
    _notices()
    _letters()


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
    op.create_index("ix_holdings_agency_id_post_id", "holdings", ["agency_id", "post_id"])
    _add_text("sessions", "address", KEY)
    _add_text("sessions", "agent", sa.Text())


def _accounts() -> None:
    op.create_table(
        "known_browsers",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("seen_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_known_browsers_person_id"),
        sa.PrimaryKeyConstraint("token_hash", "person_id", name="pk_known_browsers"),
    )
    op.create_index("ix_known_browsers_person_id", "known_browsers", ["person_id"])
    op.create_index("ix_known_browsers_seen_at", "known_browsers", ["seen_at"])
    op.create_table(
        "spent_tries",
        sa.Column("key", KEY, nullable=False),
        sa.Column("whole_at", KEY, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_spent_tries"),
    )
    op.create_index("ix_spent_tries_whole_at", "spent_tries", ["whole_at"])
    op.create_table(
        "password_resets",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("expires_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_password_resets_person_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_password_resets"),
    )
    op.create_index("ix_password_resets_person_id", "password_resets", ["person_id"])


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
    if op.get_bind().dialect.name == "sqlite":
        _give_tasks_a_rowid()
    _add_text("user_tasks", "sender", sa.Text())
    _add_text("user_tasks", "sender_post", sa.Text())
    _add_text("user_tasks", "follow_up", KEY)
    op.add_column("user_tasks", sa.Column("opened_at", KEY, nullable=True))
    _desks()


def _give_tasks_a_rowid() -> None:
    # rows have grown: in one tree by case their pages split with every step of a long case, in the order of coming they don't
    found = op.get_bind().scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = 'user_tasks'"))
    op.rename_table("user_tasks", "old_user_tasks")
    op.execute(str(found).replace("WITHOUT ROWID", ""))
    op.execute("INSERT INTO user_tasks SELECT * FROM old_user_tasks")
    op.drop_table("old_user_tasks")


def _desks() -> None:
    _add_text("user_tasks", "root_definition_id", KEY)
    op.add_column(
        "user_tasks", sa.Column("is_secret", sa.Integer(), nullable=False, server_default="0")
    )
    _add_text("user_tasks", "narrowed_to", KEY)
    for statement in _FILL_DESKS[op.get_bind().dialect.name]:
        op.execute(statement)
    for name in ("free", "held", "done"):
        op.drop_index(f"ix_user_tasks_{name}", "user_tasks", if_exists=True)
    for name, (columns, where) in _DESKS.items():
        op.create_index(
            f"ix_user_tasks_{name}",
            "user_tasks",
            columns.split(),
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


_DESKS = {
    "open": (
        "agency_id lane_id due_at id holder_id narrowed_to is_secret root_definition_id created_at state instance_id",
        "state IN ('created', 'claimed')",
    ),
    "held": ("holder_id due_at id lane_id follow_up state", "state = 'claimed'"),
    "done": ("holder_id changed_at id root_definition_id state", "state = 'completed'"),
}
"""The indexes of the desks: their columns, and which tasks are in them."""

_FILL_CASE = (
    """UPDATE user_tasks SET root_definition_id =
        (SELECT definition_id FROM instances WHERE instances.id = user_tasks.instance_id)""",
    """UPDATE user_tasks SET is_secret = 1
        WHERE instance_id IN (SELECT id FROM instances WHERE is_secret = 1)""",
)
_FILL_DESKS = {
    "sqlite": (
        *_FILL_CASE,
        """UPDATE user_tasks SET narrowed_to = (SELECT ',' || group_concat(name, ',') || ',' FROM
            (SELECT CASE kind WHEN 'person' THEN '@' ELSE '' END || candidate AS name
             FROM candidates WHERE task_id = user_tasks.id ORDER BY kind, place))
            WHERE narrowed = 1""",
        """UPDATE user_tasks SET (sender, sender_post) =
            (SELECT coalesce(json_extract(CAST("by" AS TEXT), '$.name'), ''),
                    coalesce(json_extract(CAST("by" AS TEXT), '$.post_name'), '')
             FROM history WHERE chain_id = instance_id AND at = created_at AND cause = 0 LIMIT 1)
            WHERE EXISTS (SELECT 1 FROM history
             WHERE chain_id = instance_id AND at = created_at AND cause = 0)""",
        """CREATE TRIGGER secrecy_of_a_case_is_that_of_its_tasks AFTER UPDATE OF is_secret ON instances
            WHEN old.is_secret <> new.is_secret BEGIN
            UPDATE user_tasks SET is_secret = new.is_secret WHERE instance_id = new.id; END""",
    ),
    "postgresql": (
        *_FILL_CASE,
        """UPDATE user_tasks SET narrowed_to = (SELECT ',' || string_agg(
            CASE kind WHEN 'person' THEN '@' ELSE '' END || candidate, ',' ORDER BY kind, place) || ','
            FROM candidates WHERE task_id = user_tasks.id) WHERE narrowed = 1""",
        """UPDATE user_tasks SET sender = coalesce(signed.who ->> 'name', ''),
            sender_post = coalesce(signed.who ->> 'post_name', '')
            FROM (SELECT chain_id, at, convert_from("by", 'UTF8')::json AS who
                  FROM history WHERE cause = 0 AND "by" IS NOT NULL) AS signed
            WHERE signed.chain_id = instance_id AND signed.at = created_at""",
        """CREATE FUNCTION tell_tasks_of_secrecy() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN UPDATE user_tasks SET is_secret = new.is_secret WHERE instance_id = new.id;
            RETURN NULL; END $$""",
        """CREATE TRIGGER secrecy_of_a_case_is_that_of_its_tasks AFTER UPDATE OF is_secret ON instances
            FOR EACH ROW WHEN (old.is_secret <> new.is_secret)
            EXECUTE FUNCTION tell_tasks_of_secrecy()""",
    ),
}
"""What 0001 knew of a task already; and from now on a case that turns secret tells its tasks."""


_FIND_SECRET = {
    "sqlite": """UPDATE instances SET is_secret = 1
        WHERE instr(variables, CAST('"sifat":"rahasia"' AS BLOB)) > 0""",
    "postgresql": """UPDATE instances SET is_secret = 1
        WHERE position('"sifat":"rahasia"'::bytea in variables) > 0""",
}


def _add_text(table: str, name: str, kind: sa.types.TypeEngine[str], default: str = "") -> None:
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("instance_id", KEY, nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", KEY, nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("created_at", KEY, nullable=False),
        sa.Column("error", KEY, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_jobs_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_with_rowid=False,
    )
    _add_partial_index("jobs", "waiting", ["due_at", "id"], "state <> 'failed'")
    _add_partial_index("jobs", "failed", ["agency_id", "id"], "state = 'failed'")


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("chain_id", KEY, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("lead_seq", sa.BigInteger(), nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.Column("instance_id", KEY, nullable=True),
        sa.Column("task_id", KEY, nullable=True),
        sa.Column("read_at", KEY, nullable=True),
        sa.Column("for_digest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_notices_person_id"),
        sa.PrimaryKeyConstraint("person_id", "id", name="pk_notices"),
        sqlite_with_rowid=False,
    )
    unread = ["person_id", "read_at", "instance_id"]
    _add_partial_index("notices", "unread", unread, "read_at IS NULL")
    _add_partial_index("notices", "task", ["task_id"], "read_at IS NULL")
    _add_partial_index("notices", "digest", ["person_id", "for_digest", "id"], "for_digest = 1")


def _add_partial_index(table: str, name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(
        f"ix_{table}_{name}", table, columns, sqlite_where=where, postgresql_where=where
    )


def _letters() -> None:
    op.create_table(
        "letter_rules",
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("register_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("direction", "source", "scope")),
        sa.Column("reset", KEY, nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("lanes", KEY, nullable=False),
        sa.Column("valid_from", KEY, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_letter_rules_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", "register_id", "version", name="pk_letter_rules"),
    )
    place = ("agency_id", "register_id", "period", "scope")
    op.create_table(
        "letter_sequences",
        *(sa.Column(name, KEY, nullable=False) for name in place),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*place, name="pk_letter_sequences"),
    )
    _letter_numbers()


def _letter_numbers() -> None:
    op.create_table(
        "letter_numbers",
        *(sa.Column(name, KEY, nullable=False) for name in _NUMBER_KEYS.split()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _NUMBER_TEXTS.split()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("ordinal", "sequence")),
        *(sa.Column(n, sa.Integer(), nullable=False) for n in ("rule_version", "home", "revision")),
        sa.Column("instance_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_letter_numbers_agency_id"),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instances.id"], name="fk_letter_numbers_instance_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter_numbers"),
        sa.UniqueConstraint(
            *("agency_id", "register_id", "period", "scope", "sequence"),
            name="uq_letter_numbers_sequence",
        ),
    )
    register = ["agency_id", "register_id"]
    op.create_index("ix_letter_numbers_book", "letter_numbers", [*register, "taken_on", "ordinal"])
    live = sa.text("state <> 'voided'")
    op.create_index(
        "uq_letter_numbers_number",
        "letter_numbers",
        [*register, "period", "number"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    _add_partial_index(
        "letter_numbers", "reserved", ["agency_id", "taken_at"], "state = 'reserved'"
    )
    _add_partial_index("letter_numbers", "instance_id", ["instance_id"], "instance_id IS NOT NULL")


_NUMBER_KEYS = """
    id agency_id register_id period scope state classification unit_id taken_on taken_at taken_by
    changed_at field void_cause letter_date received_on sent_on
"""
_NUMBER_TEXTS = """
    number taken_by_name reason void_reason subject party summary their_number meant_for
"""
