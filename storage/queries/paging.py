"""Numbered pages."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 50
"""Rows on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One of the pages of a list with `total` rows, numbered from 1; a number out of range gives the nearest page."""

    asked: int
    total: int

    @property
    def count(self) -> int:
        """How many pages there are; at least one."""
        return max((self.total + SIZE - 1) // SIZE, 1)

    @property
    def number(self) -> int:
        """The number of this page."""
        return min(max(self.asked, 1), self.count)

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * SIZE

    @property
    def first(self) -> int:
        """The number of the first row on this page, 0 when the list is empty."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return min(self.offset + SIZE, self.total)
