"""Breaks names into lines by the advance widths of Arial, so that they wrap here as in the designer's drawing.

Liberation Sans, which stands in for Arial on Linux, has the same widths by design.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from web.diagram import svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

NAME_SIZE = 12
"""Font size of names inside shapes, in pixels; bpmn-js uses the same."""

LABEL_SIZE = 11
"""Font size of labels beside shapes and lines."""

SMALL_SIZE = 10
"""Font size of a name that is too long for its shape."""

_LINE = 1.2
_BASELINE = 0.95

_WIDTHS = {
    character: width / 1000
    for width, characters in {
        191: "'",
        222: "ijl‘’",
        260: "|",
        278: " !,./:;I[\\]ft·",
        333: "()-`r“”",
        334: "{}",
        350: "•",
        355: '"',
        389: "*",
        400: "°",
        469: "^",
        500: "Jcksvxyz",
        549: "±",
        556: "#$0123456789?L_abdeghnopqu–§",
        584: "+<=>~×",
        611: "FTZ",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        889: "%",
        944: "W",
        1000: "—…→",
        1015: "@",
    }.items()
    for character in characters
}
_UNKNOWN = 0.85
_EAST_ASIAN = 1.25


def line_height(size: float) -> float:
    """Give the distance of two baselines."""
    return size * _LINE


def width(text: str, size: float) -> float:
    """Give the width of one line of text in pixels; characters outside the table count rather too wide."""
    return sum(map(_advance, text)) * size


def wrap(text: str, limit: float, size: float) -> list[str]:
    """Break a text into lines not wider than `limit` pixels; longer words are broken, line breaks kept."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".lstrip()
            if width(longer, size) <= limit:
                line = longer
                continue
            *full, line = _pieces(word, limit, size)
            lines += [longer[: -len(word)].rstrip(), *full] if longer != word else full
        lines.append(line)
    return lines


def fit(text: str, limit: float, rows: int, size: float) -> list[str]:
    """Break a text into at most `rows` lines; what does not fit is left out with an ellipsis."""
    lines = wrap(text, limit, size)
    if len(lines) <= rows:
        return lines
    *first, last = lines[: max(rows, 1)]
    while last and width(f"{last}…", size) > limit:
        last = last[:-1].rstrip()
    return [*first, f"{last}…"]


def widest_word(text: str, size: float) -> float:
    """Give the width of the longest word in pixels, 0 for no text."""
    return max((width(word, size) for word in text.split()), default=0)


def paragraph(
    lines: Sequence[str], x: float, top: float, size: float, **attributes: str | None
) -> Markup:
    """Give the lines as one text element, the first line's upper edge at `top`."""
    ys = [top + (row * _LINE + _BASELINE) * size for row in range(len(lines))]
    if len(lines) == 1:
        return svg.element("text", lines[0], x=x, y=ys[0], **attributes)
    spans = [svg.element("tspan", line, x=x, y=y) for line, y in zip(lines, ys, strict=True)]
    return svg.element("text", *spans, **attributes)


def centred(
    lines: Sequence[str], x: float, y: float, size: float, **attributes: str | None
) -> Markup:
    """Give the lines as one text element with its middle at x, y."""
    return paragraph(lines, x, y - len(lines) * line_height(size) / 2, size, **attributes)


def _pieces(word: str, limit: float, size: float) -> list[str]:
    """Break one word into pieces that fit, after a hyphen or slash if there is one; a piece has one character at least."""
    pieces = []
    while width(word, size) > limit and len(word) > 1:
        end = next(
            (cut for cut in range(len(word) - 1, 1, -1) if width(word[:cut], size) <= limit), 1
        )
        joint = max(word.rfind(mark, 0, end) for mark in "-/") + 1
        pieces.append(word[: joint or end])
        word = word[joint or end :]
    return [*pieces, word]


def _advance(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _EAST_ASIAN
    return _WIDTHS.get(unicodedata.normalize("NFD", character)[0], _UNKNOWN)
