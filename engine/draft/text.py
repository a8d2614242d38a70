"""Texts of a drawing: lengths of time in words, and how much room a text takes in Arial, as Camunda Modeler and bpmn.io write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TASK_FONT = 12
LABEL_FONT = 11
LINE = 1.2
"""Height of a line in font sizes."""

# Widths of the letters in thousandths of the font size (Adobe's metrics of Helvetica, which Arial shares).
_WIDTHS = {
    letter: width
    for letters, width in {
        "ijl'": 222,
        " !,./:;ftI[]\\|": 278,
        "()-r`": 333,
        "ckJsvxyz": 500,
        "FTZ": 611,
        "ABEKPSVXY&": 667,
        "CDHNRUw": 722,
        "GOQ": 778,
        "mM": 833,
        "W%": 944,
    }.items()
    for letter in letters
}
_OTHER = 556


def in_words(duration: str) -> str:
    """Give a plain ISO 8601 duration in Indonesian, any other as it is written."""
    units = {"D": "hari", "W": "minggu", "M": "bulan", "Y": "tahun"}
    simple = re.fullmatch(r"P(\d+)([DWMY])", duration)
    return f"{simple[1]} {units[simple[2]]}" if simple else duration


def width(text: str, font: int) -> float:
    """Give the width of a text on one line, in pixels."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text) * font / 1000


def wrap(text: str, room: float, font: int) -> tuple[str, ...]:
    """Give the lines of a text in so much room, as bpmn-js breaks them; a word that is wider has a line of its own."""
    return tuple(line for line, _ in _lines(text.split(), room, font))


def breaks_words(text: str, room: float, font: int) -> bool:
    """Tell whether bpmn-js would break a word of the text in so much room."""
    return any(broken for _, broken in _lines(text.split(), room, font))


def _lines(words: list[str], room: float, font: int) -> Iterator[tuple[str, bool]]:
    """Yield each line and whether it is a word that doesn't fit.

    bpmn-js guesses from the width of all that is left how many letters fit, takes the words that have fewer, and
    guesses again; so narrow words are broken although they would fit.
    """
    while words:
        taken, broken = len(words), False
        while not broken and width(line := " ".join(words[:taken]), font) >= room:
            letters = len(line) * room / width(line, font)
            fewer = [n for n in range(1, taken) if len(" ".join(words[:n])) < letters]
            broken = not fewer
            taken = max(fewer, default=1)
        yield " ".join(words[:taken]), broken
        words = words[taken:]
