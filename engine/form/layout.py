"""What stands on a form without being filled in: text, groups, lines and space."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.form.field import Part
from engine.form.problem import FormCode

if TYPE_CHECKING:
    from engine.form.component import Component

_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_ITEM = re.compile(r"[*+-]\s+(.+)")
_MARKUP = re.compile(
    r"\*\*|__|`|\]\(|!\[|<[A-Za-z/!]|^\s*(?:>|\||[0-9]+\.\s|-{3,}|\*{3,})", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading (level 1 is the largest), a paragraph or a list item of a text (level 0)."""

    kind: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Part):
    """Words on the form (form-js `text`): of Markdown only headings, paragraphs and simple lists."""

    kind: ClassVar[str] = "text"

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, component: Component) -> Text:
        """Read the text from its component; other Markdown and HTML are refused, not shown as signs."""
        text = component.text("text") or ""
        match = _MARKUP.search(text)
        if match is not None:
            component.problem(FormCode.MARKUP_UNSUPPORTED, text=match[0].strip())
        return cls(blocks=tuple(_blocks(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Part):
    """Fields under one heading (form-js `group`); its fields are variables of the case like all others."""

    kind: ClassVar[str] = "group"

    label: str | None
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, component: Component, parts: tuple[Part, ...]) -> Group:
        """Read the group from its component and its parts."""
        # A group with a `path` would put its fields into an object of their own; that stays unread and so refused.
        component.visual("showOutline", "verticalAlignment")
        return cls(label=component.text("label"), parts=parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator(Part):
    """A line across the form (form-js `separator`)."""

    kind: ClassVar[str] = "separator"

    @classmethod
    def of(cls, _component: Component) -> Separator:
        """Give a line: it has no properties."""
        return cls()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer(Part):
    """Some room between two parts (form-js `spacer`); our page sets its own distances."""

    kind: ClassVar[str] = "spacer"

    @classmethod
    def of(cls, component: Component) -> Spacer:
        """Give some room."""
        component.visual("height")
        return cls()


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    open_paragraph = False
    for line in map(str.strip, text.splitlines()):
        block = _block(line)
        if block.kind == "paragraph" and open_paragraph and line:
            blocks[-1] = Block(kind="paragraph", text=f"{blocks[-1].text} {line}")
        elif line:
            blocks.append(block)
        open_paragraph = block.kind == "paragraph" and bool(line)
    return blocks


def _block(line: str) -> Block:
    if match := _HEADING.fullmatch(line):
        return Block(kind="heading", level=len(match[1]), text=match[2])
    if match := _ITEM.fullmatch(line):
        return Block(kind="item", text=match[1])
    return Block(kind="paragraph", text=line)
