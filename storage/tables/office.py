"""The office: agencies, units, posts, persons with accounts, and who holds what."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import KEY, metadata

agencies = Table(
    "agencies",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("id", KEY, nullable=False),
    Column("name", Text, nullable=False),
    Column("closed_at", KEY),
    PrimaryKeyConstraint("agency_id", "id"),
)

posts = Table(
    "posts",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("id", KEY, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit_id", KEY, nullable=False),
    Column("standing", Integer, nullable=False),  # order within the agency, highest post first
    Column("superior_id", KEY),  # the post it answers to
    Column("closed_at", KEY),
    PrimaryKeyConstraint("agency_id", "id"),
)

post_lanes = Table(
    "post_lanes",
    metadata,
    Column("agency_id", KEY, nullable=False),
    Column("post_id", KEY, nullable=False),
    Column("lane_id", KEY, nullable=False),
    PrimaryKeyConstraint("agency_id", "post_id", "lane_id"),
)

persons = Table(
    "persons",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("login", KEY, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", KEY, nullable=False),  # words of engine.actor.Role, separated by a space
    Column("password_hash", Text, nullable=False),
    Column("closed_at", KEY),
    Column("email", Text, nullable=False, server_default=""),
    Column("mail", KEY, nullable=False, server_default="digest"),  # how notices come by e-mail
    Column("must_change", Integer, nullable=False, server_default="0"),  # a new password is due
    UniqueConstraint("login"),
)

holdings = Table(
    "holdings",
    metadata,
    Column("person_id", KEY, ForeignKey("persons.id"), nullable=False),
    Column("agency_id", KEY, nullable=False),
    Column("post_id", KEY, nullable=False),
    Column("held_from", KEY, nullable=False),
    Column("held_to", KEY),
    Column("acting", KEY, nullable=False, server_default=""),  # engine.actor.Acting
    Column("letter", Text, nullable=False, server_default=""),  # number of the letter of assignment
    PrimaryKeyConstraint("person_id", "agency_id", "post_id", "held_from"),
    Index("ix_holdings_agency_id_post_id", "agency_id", "post_id"),
)
