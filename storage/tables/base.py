"""What all tables share: one metadata with names for every constraint, and the type of ids."""

from __future__ import annotations

from sqlalchemy import MetaData, Text

KEY = Text().with_variant(Text(collation="C"), "postgresql")
"""Ids, words and moments: compared byte for byte on PostgreSQL too, whatever language the server sorts by."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
