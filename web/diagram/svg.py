"""Writes SVG elements; every text and attribute is escaped here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from web.diagram.marks import Note


def number(value: float) -> str:
    """Write a length as short as a tenth of a pixel allows."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """Give one element; plain texts among the children are escaped, markup is taken as it is.

    Attribute names are written as Python words: `class_` is `class`, `data_el` is `data-el`. None is left out.
    """
    written = "".join(
        f' {_attribute(key)}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return Markup(f"<{name}{written}/>")  # noqa: S704 - values are escaped above
    inside = "".join(map(escape, children))
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704 - escaped above


def group(note: Note | None, *children: str, **attributes: str | float | None) -> Markup:
    """Give a group of elements; with a note it is a link to what the note says, and can be linked to itself."""
    if note is None:
        return element("g", *children, **attributes)
    return element("a", *children, id=note.id, href=note.href, **attributes)


def path(d: str, class_: str | None = None, **attributes: str | float | None) -> Markup:
    """Give a path."""
    return element("path", class_=class_, d=d, **attributes)


def move(x: float, y: float) -> str:
    """Give the value of a transform that moves by x, y."""
    return f"translate({number(x)} {number(y)})"


def _attribute(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
