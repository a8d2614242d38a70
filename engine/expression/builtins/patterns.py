"""Functions of patterns (DMN 1.5, 10.3.4.3): `matches`, `replace`, `split`, and Camunda's `extract`.

A pattern that is written out is checked at deploy. One that is computed gives null where XPath has no meaning for it, and
stops the evaluation where it asks for what can't be done in linear time: null would be a wrong answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, only
from engine.expression.builtins.xpath import compile_pattern
from engine.expression.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from engine.expression.builtins.signature import Run, Verify
    from engine.expression.builtins.xpath import Match, Pattern
    from engine.expression.frame import Frame
    from engine.expression.values import Datum

CHARACTERS_A_STEP = 8
"""So many characters of a replacement are read in one step."""

INVALID = "pattern_invalid"
"""The one code of a pattern that FEEL takes as null."""

_REPLACEMENT = re.compile(r"\$(?P<group>[0-9]+)|\\(?P<escaped>[$\\])|(?P<plain>[^$\\]+)", re.ASCII)


def matches(frame: Frame, pattern: Pattern, texts: Sequence[str]) -> Datum:
    """Tell whether the pattern is found anywhere in the text."""
    frame.spend(pattern.cost(texts[0]))
    return pattern.fits(texts[0])


def replace(frame: Frame, pattern: Pattern, texts: Sequence[str]) -> Datum:
    """Give the text with each match replaced; `$1` stands for the first group, `$0` for the whole match."""
    text, _, replacement = texts
    frame.spend(len(replacement) // CHARACTERS_A_STEP)
    parts = [replacement] if pattern.is_plain else _parts(replacement, pattern.groups)
    pieces: list[str] = []
    length = end = 0
    for match in _found(frame, pattern, text):
        first, last = match.span()
        made = [part if isinstance(part, str) else _group(match, part) for part in parts]
        pieces += (text[end:first], *made)
        length += first - end + sum(map(len, made))
        frame.spend(len(parts))
        if length > frame.budget.text_length:
            frame.room_for_text(length)
        end = last
    return "".join((*pieces, text[end:]))


def split(frame: Frame, pattern: Pattern, texts: Sequence[str]) -> Datum:
    """Give what stands between the matches."""
    text = texts[0]
    pieces: list[Datum] = []
    end = 0
    for match in _found(frame, pattern, text):
        first, last = match.span()
        pieces.append(text[end:first])
        end = last
    return [*pieces, text[end:]]


def extract(frame: Frame, pattern: Pattern, texts: Sequence[str]) -> Datum:
    """Give every match."""
    return [_group(match, 0) for match in _found(frame, pattern, texts[0])]


def _found(frame: Frame, pattern: Pattern, text: str) -> Iterator[Match]:
    frame.spend(pattern.cost(text))
    for number, match in enumerate(pattern.matches_in(text), start=1):
        if number > frame.budget.list_length:
            frame.room_for_list(number)
        yield match


def _group(match: Match, number: int) -> str:
    return match.group(number) or ""


def _parts(replacement: str, groups: int) -> list[str | int]:
    """Cut the replacement into plain texts and numbers of groups. Raises Failure when it is none."""
    parts: list[str | int] = []
    offset = 0
    while offset < len(replacement):
        part = _REPLACEMENT.match(replacement, offset)
        if part is None:
            raise Failure(
                f"Expected a replacement with $0 to $9, but found {replacement[offset:]!a}",
                code=INVALID,
                found=replacement[offset : offset + 40],
            )
        offset = part.end()
        if part["group"]:
            digits = _of_group(part["group"], groups)
            parts += [int(digits), part["group"][len(digits) :]]
        else:
            parts.append(part["escaped"] or part["plain"])
    return [part if isinstance(part, str) or part <= groups else "" for part in parts]


def _of_group(digits: str, groups: int) -> str:
    """Give the digits that are the number of a group: as many as there are groups for, at least one."""
    length = 1
    while length < len(digits) and int(digits[: length + 1]) <= groups:
        length += 1
    return digits[:length]


def _run(compute: Callable[[Frame, Pattern, Sequence[str]], Datum], texts: int) -> Run:
    """Make a function of so many texts, the second of which is a pattern, and flags."""

    def run(frame: Frame, arguments: Sequence[Datum]) -> Datum:
        *given, flags = (*map(only, arguments), None)[: texts + 1]
        known = [each for each in given if isinstance(each, str)]
        if len(known) < texts or not (flags is None or isinstance(flags, str)):
            return None
        try:
            return compute(frame, _computed(known[1], flags or ""), known)
        except Failure as failure:
            if failure.code == INVALID:
                return None
            raise

    return run


def _computed(source: str, flags: str) -> Pattern:
    """Compile a pattern that comes from the values of a case: its error names none of them."""
    try:
        return compile_pattern(source, flags)
    except Failure as failure:
        raise Failure(
            "Expected a pattern that can be matched in linear time, but a computed one can't",
            code=failure.code,
            **{name: "…" if name == "found" else param for name, param in failure.params.items()},
        ) from None


def _between(compute: Callable[[Frame, Pattern, Sequence[str]], Datum], texts: int) -> Run:
    """Make a function that needs something to match; null for a pattern that an empty text fits."""
    return _run(lambda frame, *rest: None if rest[0].fits("") else compute(frame, *rest), texts)


def _verify(texts: int, *, takes_nothing: bool) -> Verify:
    """Look at a pattern, flags and replacement that are written out."""

    def verify(given: Sequence[str | None]) -> None:
        source, replacement, flags = (*given, None, None)[1], None, (*given, None, None)[texts]
        if texts > len(("input", "pattern")):
            replacement = given[2]
        if source is None or (flags is None and len(given) > texts):
            return
        pattern = compile_pattern(source, flags or "")
        if not takes_nothing and pattern.fits(""):
            raise Failure(
                "Expected a pattern that needs something to match, but an empty text fits it",
                code="pattern_fits_nothing",
                found=source[:40],
            )
        if replacement is not None and not pattern.is_plain:
            _parts(replacement, pattern.groups)

    return verify


PATTERN_FUNCTIONS = (
    Builtin(
        name="matches",
        parameters=("input", "pattern", "flags"),
        optional=1,
        run=_run(matches, 2),
        verify=_verify(2, takes_nothing=True),
    ),
    Builtin(
        name="replace",
        parameters=("input", "pattern", "replacement", "flags"),
        optional=1,
        run=_between(replace, 3),
        verify=_verify(3, takes_nothing=False),
    ),
    Builtin(
        name="split",
        parameters=("string", "delimiter"),
        run=_between(split, 2),
        verify=_verify(2, takes_nothing=False),
    ),
    Builtin(
        name="extract",
        parameters=("string", "pattern"),
        run=_between(extract, 2),
        verify=_verify(2, takes_nothing=False),
    ),
)
