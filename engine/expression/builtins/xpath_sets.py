r"""Sets of characters in XPath patterns: `[a-z]`, `[^\d]`, `[a-z-[aeiou]]`, `\p{Lu}`, `\p{IsBasicLatin}`, as RE2 writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.builtins.blocks import BLOCKS
from engine.expression.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Ranges: TypeAlias = "list[tuple[int, int]]"
"""Code points, first and last of each stretch."""

LAST = 0x10FFFF

_SINGLE = {"n": "\n", "r": "\r", "t": "\t"}

_MEMBER = re.compile(
    r"""\\(?P<escaped>[nrt\\|.?*+(){}$\-\[\]^])
    | \\(?P<set>[sSdDwWiIcC])
    | \\(?P<negated>[pP])\{(?P<property>[^{}]*)\}
    | (?P<back>\\[1-9])
    | (?P<plain>[^\\\[\]])""",
    re.VERBOSE | re.DOTALL,
)

_CATEGORY = re.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfo]?")

_NAME_START: Ranges = [
    *((ord(char), ord(char)) for char in ":_"),
    *((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D)),
    *((0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF)),
    *((0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF)),
]
"""What a name in XML may begin with (XML 1.0, production 4)."""

_NAME: Ranges = [
    *_NAME_START,
    *((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)),
]


def invalid(part: str) -> Failure:
    """Make the error for a part that means nothing in XPath."""
    return Failure(
        f"Expected a regular expression of XPath, but found {part!a}",
        code="pattern_invalid",
        found=part[:40],
    )


def unsupported(part: str) -> Failure:
    """Make the error for a part that can't be matched in linear time, or not by RE2."""
    return Failure(
        f"Expected a pattern that RE2 can match, but found {part!a}",
        code="pattern_unsupported",
        found=part[:40],
    )


def written(ranges: Iterable[tuple[int, int]]) -> str:
    """Give the inside of a set that RE2 reads."""
    return "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in ranges)


def complement(ranges: Ranges) -> Ranges:
    """Give all other code points."""
    others: Ranges = []
    following = 0
    for first, last in sorted(ranges):
        if first > following:
            others.append((following, first - 1))
        following = max(following, last + 1)
    return [*others, (following, LAST)] if following <= LAST else others


def without(ranges: Ranges, removed: Ranges) -> Ranges:
    """Give the ranges less those of the other."""
    return complement([*complement(ranges), *removed])


SETS: Mapping[str, str] = {
    "s": r" \t\n\r",
    "S": written(complement([(9, 10), (13, 13), (32, 32)])),
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "i": written(_NAME_START),
    "I": written(complement(_NAME_START)),
    "c": written(_NAME),
    "C": written(complement(_NAME)),
}
"""The inside of the set that an escape stands for (XML Schema Part 2, appendix F)."""


def property_set(letter: str, name: str) -> str:
    r"""Give the inside of the set that `\p{name}` (or, negated, `\P{name}`) stands for. Raises Failure."""
    if name.startswith("Is"):
        block = BLOCKS.get(name.removeprefix("Is"))
        if block is None:
            raise unsupported(rf"\p{{{name}}}")
        return written([block] if letter == "p" else complement([block]))
    if not _CATEGORY.fullmatch(name):
        raise invalid(rf"\p{{{name}}}")
    return rf"\{letter}{{{name}}}"


def set_at(source: str, offset: int, *, outermost: bool = True) -> tuple[str, int]:
    """Give the set that opens at the offset, and the offset after it. Raises Failure."""
    negated = source.startswith("[^", offset)
    ranges, others, end = _members(source, offset + (2 if negated else 1))
    removed: Ranges = []
    if source.startswith("-[", end):
        if others or not outermost:
            raise unsupported(source[offset : end + 2])
        removed, end = _removed(source, end + 1)
    if not source.startswith("]", end) or not (ranges or others):
        raise invalid(source[offset : end + 1])
    if removed:
        left = without(complement(ranges) if negated else ranges, removed)
        return (f"[{written(left)}]" if left else rf"[^{written([(0, LAST)])}]"), end + 1
    return f"[{'^' if negated else ''}{written(ranges)}{others}]", end + 1


def _removed(source: str, offset: int) -> tuple[Ranges, int]:
    """Read the set after the minus of a set: characters and stretches only."""
    negated = source.startswith("[^", offset)
    ranges, others, end = _members(source, offset + (2 if negated else 1))
    if others or source.startswith("-[", end):
        raise unsupported(source[offset : end + 1])
    if not source.startswith("]", end):
        raise invalid(source[offset : end + 1])
    return (complement(ranges) if negated else ranges), end + 1


def _members(source: str, offset: int) -> tuple[Ranges, str, int]:
    """Read the members up to `]` or `-[`: the stretches, what the escapes stand for, and the offset of the end."""
    ranges: Ranges = []
    others: list[str] = []
    while offset < len(source) and source[offset] != "]" and not source.startswith("-[", offset):
        member = _member(source, offset)
        offset = member.end()
        first = _character(member)
        if first is None:
            others.append(_set_of(member))
        elif source[offset : offset + 1] == "-" and source[offset + 1 : offset + 2] not in "[]":
            following = _member(source, offset + 1)
            last, offset = _character(following), following.end()
            if last is None or last < first:
                raise invalid(source[member.start() : offset])
            ranges.append((first, last))
        else:
            ranges.append((first, first))
    return ranges, "".join(others), offset


def _member(source: str, offset: int) -> re.Match[str]:
    member = _MEMBER.match(source, offset)
    if member is None or member["back"]:
        raise invalid(source[offset : offset + 10])
    return member


def _character(member: re.Match[str]) -> int | None:
    if member["escaped"]:
        return ord(_SINGLE.get(member["escaped"], member["escaped"]))
    return ord(member["plain"]) if member["plain"] else None


def _set_of(member: re.Match[str]) -> str:
    if member["set"]:
        return SETS[member["set"]]
    return property_set(member["negated"], member["property"])
