"""Boxes of a table: what no rule covers, and what two rules do.

A box has for each column the pieces of its axis as the bits of a number. Work is counted: where it would be too much, nothing is
said instead of something wrong.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Box: TypeAlias = "tuple[int, ...]"

MAX_WORK = 1_000_000
"""Bits looked at in one table: some tenths of a second."""


class TooLarge(Exception):
    """Inside this package: the table has more in it than can be looked through."""


class Covering:
    """Looks through the boxes of one table and counts the work. Raises TooLarge when it is too much."""

    def __init__(self) -> None:
        self.work = 0

    def uncovered(self, box: Box, rules: Sequence[Box]) -> Iterator[Box]:
        """Give boxes that lie in a box and in none of these rules, all together as much as there is."""
        if not all(box):
            return
        yield from self._walk(box, [rule for rule in rules if meets(rule, box)], 0)

    def overlaps(self, rules: Sequence[Box]) -> Iterator[tuple[int, int, Box]]:
        """Give each two rules that meet, by their index, with what they share."""
        for (one, left), (other, right) in combinations(enumerate(rules), 2):
            self._spend(len(left))
            shared = tuple(a & b for a, b in zip(left, right, strict=True))
            if all(shared):
                yield one, other, shared

    def _walk(self, box: Box, rules: Sequence[Box], column: int) -> Iterator[Box]:
        if not rules:
            yield box
            return
        self._spend(len(rules) * len(box))
        if any(all(b & ~r == 0 for b, r in zip(box, rule, strict=True)) for rule in rules):
            return
        for run, active in self._runs(box[column], rules, column):
            inner = (*box[:column], run, *box[column + 1 :])
            yield from self._walk(inner, active, column + 1)

    def _runs(
        self, pieces: int, rules: Sequence[Box], column: int
    ) -> Iterator[tuple[int, Sequence[Box]]]:
        """Part the pieces of a column into runs of neighbours that lie in the same rules."""
        run, among = 0, [False] * len(rules)
        for bit in range(pieces.bit_length()):
            self._spend(len(rules))
            piece = pieces & (1 << bit)
            inside = [bool(rule[column] & piece) for rule in rules]
            if run and (not piece or inside != among):
                yield run, [rule for rule, is_in in zip(rules, among, strict=True) if is_in]
                run = 0
            if piece:
                run, among = run | piece, inside
        if run:
            yield run, [rule for rule, is_in in zip(rules, among, strict=True) if is_in]

    def _spend(self, work: int) -> None:
        self.work += work + 1
        if self.work > MAX_WORK:
            raise TooLarge


def meets(one: Box, other: Box) -> bool:
    """Tell whether two boxes share anything."""
    return all(a & b for a, b in zip(one, other, strict=True))


def joined(boxes: Sequence[Box]) -> list[Box]:
    """Join boxes that differ in one column only, as long as there are such."""
    found = list(boxes)
    pair = _joinable(found)
    while pair is not None:
        one, other = pair
        found[one] = tuple(a | b for a, b in zip(found[one], found[other], strict=True))
        del found[other]
        pair = _joinable(found)
    return found


def _joinable(boxes: Sequence[Box]) -> tuple[int, int] | None:
    for (one, left), (other, right) in combinations(enumerate(boxes), 2):
        differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
        if len(differing) == 1 and _adjoin(*differing[0]):
            return one, other
    return None


def _adjoin(one: int, other: int) -> bool:
    """Tell whether two runs of pieces are one run together."""
    together = one | other
    run = together // (together & -together)
    return run & (run + 1) == 0
