"""A step that begins other cases when it is finished: what its `camunda:properties` say.

    lanjutan.proses            key of the process to begin, of the same agency; the version in force at that moment
    lanjutan.untuk             a variable with a list: one case per entry (without it: one case)
    lanjutan.isi               the variable of the new case that holds the entry
    lanjutan.pemberi           the variable of the new case that holds the post in which the step was finished
    lanjutan.data              variables copied into the new case: `nama` or `nama=asal`, with commas between
    lanjutan.bila              FEEL: without it, or when it is true, the cases begin
    lanjutan.kedalaman_maks    how many cases may stand above a new one (5 if not said)

A process with the property `lanjutan.saja` = `ya` is begun by other cases only: nobody may start one by hand.

The rule `linked_cases` checks them at deploy, `engine.linked` carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expression import Expression, Language, compile_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.process import Element
    from engine.spiff.asking import Asking
    from engine.variables import Value

PREFIX = "lanjutan."

PROCESS, EACH, ITEM, GIVER, COPIES, CONDITION, DEEPEST = (
    PREFIX + name
    for name in ("proses", "untuk", "isi", "pemberi", "data", "bila", "kedalaman_maks")
)
PROPERTIES = frozenset({PROCESS, EACH, ITEM, GIVER, COPIES, CONDITION, DEEPEST})

ONLY = PREFIX + "saja"
"""The property of a process that is begun by other cases only."""

USUAL_DEPTH, MOST_DEPTH = 5, 20
"""How many cases may stand above a new one: when nothing is said, and at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The cases that finishing a step begins; `copies` are pairs of the new name and the name here."""

    process: str
    each: str
    item: str
    giver: str
    copies: tuple[tuple[str, str], ...]
    condition: Expression | None
    deepest: int

    @property
    def reads(self) -> frozenset[str]:
        """The variables that it looks at."""
        asked = frozenset[str]() if self.condition is None else self.condition.names
        return asked | {source for _, source in self.copies} | ({self.each} - {""})

    @property
    def gives(self) -> Iterator[tuple[str, str]]:
        """Each variable that a new case is given, with the variable here that it is made of."""
        if self.item:
            yield self.item, self.each
        yield from self.copies

    def entries(self, view: Mapping[str, Value], asking: Asking, at: str) -> list[Value]:
        """Give the entry of each case to begin: those of the list, one None without a list, none when the condition says so.

        A single value counts as a list of one, an empty one as an empty list. Raises EvaluationFailed.
        """
        if self.condition is not None and not asking.is_true(self.condition, view, at):
            return []
        if not self.each:
            return [None]
        value = view.get(self.each)
        if isinstance(value, list):
            return value
        return [] if value is None or value == "" else [value]

    def variables(self, entry: Value, view: Mapping[str, Value], post: str) -> dict[str, Value]:
        """Give what a new case begins with; `post` is the one in which the step was finished."""
        given = {name: view.get(source) for name, source in self.copies}
        named = {self.item: entry, self.giver: post or None}
        return given | {name: value for name, value in named.items() if name}


def properties_of(element: Element) -> dict[str, str]:
    """Give what a step says about cases that it begins; empty when it begins none."""
    named = {name: text.strip() for name, text in element.properties.items()}
    return {name: text for name, text in named.items() if name.startswith(PREFIX) and text}


def read_link(element: Element) -> Link | None:
    """Give the cases that a step begins, None when it begins none. Raises ExpressionInvalid; the rest the gate has checked."""
    given = properties_of(element)
    if not given:
        return None
    return Link(
        process=given.get(PROCESS, ""),
        each=given.get(EACH, ""),
        item=given.get(ITEM, ""),
        giver=given.get(GIVER, ""),
        copies=read_copies(given.get(COPIES, "")),
        condition=read_condition(given.get(CONDITION, "")),
        deepest=int(given.get(DEEPEST, USUAL_DEPTH)),
    )


def read_copies(text: str) -> tuple[tuple[str, str], ...]:
    """Give the pairs of new name and name here that a text such as `nomor, hal=perihal` means."""
    sides = (part.partition("=") for part in text.split(",") if part.strip())
    return tuple((new.strip(), here.strip() or new.strip()) for new, _, here in sides)


def read_condition(text: str) -> Expression | None:
    """Compile the condition, None when there is none. Raises ExpressionInvalid."""
    return compile_text(text, default=Language.FEEL) if text else None
