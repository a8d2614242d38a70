"""The agencies' calendars: hours and settings, and their years. A deadline is a task's own, in `cases.py`."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from storage.tables.base import KEY, metadata

work_calendars = Table(
    "work_calendars",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("week", KEY, nullable=False),  # engine.calendar.week_text
    Column("seasons", LargeBinary, nullable=False),
    Column("reminds_before", Integer, nullable=False),
    Column("escalates", Integer, nullable=False),
    # what the last change led to: how many deadlines it moved so far, and whether all have been counted anew
    Column("moved", Integer, nullable=False),
    Column("is_settled", Integer, nullable=False),
)

calendar_years = Table(
    "calendar_years",
    metadata,
    Column("agency_id", KEY, ForeignKey("agencies.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("is_confirmed", Integer, nullable=False),
    Column("days", LargeBinary, nullable=False),
    PrimaryKeyConstraint("agency_id", "year"),
)
