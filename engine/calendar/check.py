"""What a calendar may say. Each check raises InvalidSubmission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.calendar.work_calendar import Season, Week

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
"""Where an office may be: WIB, WITA and WIT."""

EARLIEST, LATEST = 2000, 2100
"""Years that a calendar has."""

LONGEST_SEASON = 62
"""Days of a season: a month of the moon, and room for an office's own."""

MOST_DAYS_BEFORE = 10
"""Working days before a deadline at which its holder may be reminded."""


def expect_year(year: int) -> None:
    """Check a year (`year_range`)."""
    if not EARLIEST <= year <= LATEST:
        raise InvalidSubmission(
            f"Expected a year from {EARLIEST} to {LATEST}, but found {year}",
            code="year_range",
            first=EARLIEST,
            last=LATEST,
        )


def expect_week(week: Week) -> None:
    """Check hours: there is work on one day at least (`week_empty`)."""
    if not any(week):
        raise InvalidSubmission("Expected a working day, but there is none", code="week_empty")


def expect_season(season: Season, others: Iterable[Season]) -> None:
    """Check a season beside the others (`season_order`, `season_long`, `season_overlaps`, and its week)."""
    expect_week(season.week)
    expect_year(season.first.year)
    if season.last < season.first:
        raise InvalidSubmission(
            "Expected a season that ends behind its beginning, but it does not",
            code="season_order",
        )
    if (season.last - season.first).days >= LONGEST_SEASON:
        raise InvalidSubmission(
            f"Expected at most {LONGEST_SEASON} days, but the season is longer",
            code="season_long",
            limit=LONGEST_SEASON,
        )
    for other in others:
        if season.first <= other.last and other.first <= season.last:
            raise InvalidSubmission(
                f"Expected no day in two seasons, but {other.name} has some of them",
                code="season_overlaps",
                name=other.name,
            )


def expect_zone(zone: str) -> None:
    """Check a zone (`zone_unknown`)."""
    if zone not in ZONES:
        raise InvalidSubmission(
            f"Expected one of {ZONES}, but found {zone}", code="zone_unknown", zone=zone
        )


def expect_reminder(days: int) -> None:
    """Check how many working days before a deadline its holder is reminded (`reminder_range`)."""
    if not 0 <= days <= MOST_DAYS_BEFORE:
        raise InvalidSubmission(
            f"Expected 0 to {MOST_DAYS_BEFORE} working days, but found {days}",
            code="reminder_range",
            limit=MOST_DAYS_BEFORE,
        )
