"""A decision as its page shows it: the asked one first, then all that it requires, as tables with numbered rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from engine.decision.model import (
    BoxedContext,
    BoxedFunction,
    BoxedList,
    Conditional,
    Decision,
    Invocation,
    Literal,
    Relation,
    Table,
)
from web.decision_words import hit_words, type_words
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.decision.model import Cell, Drawn, Knowledge, Logic

Boxed: TypeAlias = BoxedContext | Invocation | BoxedList | Relation | Conditional | BoxedFunction
"""What is shown as a box with parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The heading of a column: what it is called, what it tests or names, of which kind, and which values there are."""

    label: str
    text: str
    kind: str
    values: str
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule as a row; `matched` when it is one of those that the reader came for."""

    number: int
    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...]
    matched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A decision table."""

    hit: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Anything else: a text, or parts under a heading."""

    heading: str = ""
    text: str = ""
    parts: tuple[tuple[str, TableView | Box], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something that a decision requires; `anchor` is where it stands on the page, empty for facts from outside."""

    name: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One decision or business knowledge model of the page, under its id."""

    id: str
    name: str
    question: str
    description: str
    kind: str
    requires: tuple[Link, ...]
    table: TableView | None
    box: Box | None


def list_sections(drawn: Drawn, key: str, matched: frozenset[str]) -> list[Section]:
    """Give the sections of a decision or decision service, with all that it requires behind it, each once.

    `matched` are ids of rules that are marked.
    """
    asked = drawn.services[key].outputs if key in drawn.services else (key,)
    found: dict[str, Decision | Knowledge] = {}
    waiting = list(asked)
    while waiting:
        each = waiting.pop(0)
        node = drawn.decisions.get(each) or drawn.knowledge.get(each)
        if node is not None and each not in found:
            found[each] = node
            waiting += [*(node.decisions if isinstance(node, Decision) else ()), *node.knowledge]
    return [_section(node, drawn, matched) for node in found.values()]


def _section(node: Decision | Knowledge, drawn: Drawn, matched: frozenset[str]) -> Section:
    told = node if isinstance(node, Decision) else None
    shown = _shown(node.logic if isinstance(node, Decision) else node.function, matched)
    return Section(
        id=node.id,
        name=node.name or node.id,
        question=told.question if told else "",
        description=told.description if told else "",
        kind="" if told else _("Pengetahuan yang dipakai bersama"),
        requires=tuple(_links(node, drawn)),
        table=shown if isinstance(shown, TableView) else None,
        box=shown if isinstance(shown, Box) else None,
    )


def _links(node: Decision | Knowledge, drawn: Drawn) -> Iterator[Link]:
    if isinstance(node, Decision):
        for each in node.decisions:
            if each in drawn.decisions:
                yield Link(name=drawn.decisions[each].name or each, anchor=each)
        for each in node.inputs:
            if each in drawn.inputs:
                yield Link(name=drawn.inputs[each].name or each)
    for each in node.knowledge:
        if each in drawn.knowledge:
            yield Link(name=drawn.knowledge[each].name or each, anchor=each)


def _shown(logic: Logic, matched: frozenset[str]) -> TableView | Box:
    """Show a boxed expression (DMN 1.5, 10.2)."""
    if isinstance(logic, Table):
        return _table(logic, matched)
    if isinstance(logic, Literal):
        return Box(text=logic.cell.text)
    heading, parts = _parts(logic)
    return Box(
        heading=heading, parts=tuple((name, _shown(inner, matched)) for name, inner in parts)
    )


def _parts(logic: Boxed) -> tuple[str, list[tuple[str, Logic]]]:
    """Give the heading of a box and what is in it, by name."""
    match logic:
        case BoxedContext():
            return "", [(each.name or _("Hasil"), each.logic) for each in logic.entries]
        case Invocation():
            heading = _("Panggil {name}").format(name=logic.called.cell.text)
            return heading, [(each.name, each.logic) for each in logic.bindings]
        case BoxedList():
            return "", [(str(number), item) for number, item in enumerate(logic.items, 1)]
        case Relation():
            return "", list(_cells(logic))
        case Conditional():
            words = _("Jika"), _("maka"), _("selain itu")
            branches = logic.condition, logic.then, logic.otherwise
            return "", list(zip(words, branches, strict=True))
        case BoxedFunction():
            names = ", ".join(each.name for each in logic.parameters)
            heading = _("Fungsi dari {names}").format(names=names or "–")
            return heading, [(_("Hasil"), logic.body)]


def _cells(relation: Relation) -> Iterator[tuple[str, Logic]]:
    for number, row in enumerate(relation.rows, 1):
        for column, cell in zip(relation.columns, row, strict=False):
            yield f"{number}. {column}", cell


def _table(table: Table, matched: frozenset[str]) -> TableView:
    # the Modeler keeps what one writes beside a row as the rule's description
    described = (_("Keterangan"),) if any(rule.description for rule in table.rules) else ()
    return TableView(
        hit=hit_words(table.hit_policy, table.aggregation),
        inputs=tuple(
            Column(
                label=each.label or each.expression.text,
                text=each.expression.text if each.label else "",
                kind=type_words(each.type),
                values=_text(each.values),
            )
            for each in table.inputs
        ),
        outputs=tuple(
            Column(
                label=each.label or each.name or _("Hasil"),
                text=each.name if each.label else "",
                kind=type_words(each.type),
                values=_text(each.values),
                default=_text(each.default),
            )
            for each in table.outputs
        ),
        notes=(*(note or _("Keterangan") for note in table.notes), *described),
        rows=tuple(
            Row(
                number=rule.number,
                id=rule.id,
                inputs=tuple("–" if cell.is_empty else cell.text for cell in rule.inputs),
                outputs=tuple("–" if cell.is_empty else cell.text for cell in rule.outputs),
                notes=(*rule.notes, *(rule.description for _each in described)),
                matched=rule.id in matched,
            )
            for rule in table.rules
        ),
    )


def _text(cell: Cell | None) -> str:
    return "" if cell is None or cell.is_empty else cell.text
