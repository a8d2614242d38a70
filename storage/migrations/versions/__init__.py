"""The revisions, one a file; `alembic` finds them here."""
