"""Dispositions for reading: the letter, who was asked to do what by whom, and how far each has come.

A case is a disposition when its process says which of its variables is what, in properties of the process:
`disposisi.untuk` (a post, a unit, or a list of them), `disposisi.dari`, `disposisi.isi`, `disposisi.catatan`,
`disposisi.prioritas`, `disposisi.tenggat`, `disposisi.hasil`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.store import InstanceState
from web.form_view import shown_items
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from engine.form import Form
    from engine.ids import DefinitionId, InstanceId
    from engine.spiff.program import Program
    from engine.variables import Value
    from storage.queries.dispositions import Node, Waiting
    from web.form_view import ShownItem

PREFIX = "disposisi."
TO, FROM, TEXT, RESULT = (PREFIX + name for name in ("untuk", "dari", "isi", "hasil"))
DETAILS = tuple(PREFIX + name for name in ("prioritas", "tenggat", "catatan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One case of the tree and what grew out of it; `is_here` marks the case whose page this is."""

    node: Node
    process: str
    to: str
    given_by: str
    text: str
    details: tuple[ShownItem, ...]
    result: str
    status: str
    mark: str
    is_here: bool
    below: tuple[Branch, ...]

    @property
    def is_disposition(self) -> bool:
        """Whether the case is a disposition, not the letter or what else began it."""
        return bool(self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A disposition sheet: the letter once, and those who were asked by one act of one person."""

    letter: tuple[ShownItem, ...]
    given_by: str
    given_at: datetime
    receivers: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What is needed to read nodes: compiled versions, and the names of posts and units."""

    load: Callable[[DefinitionId], Program]
    names: Mapping[str, str]

    def tree(self, nodes: Iterable[Node], here: InstanceId) -> Branch | None:
        """Give the tree that a case stands in, as far up and down as its nodes are there."""
        known = {node.case: node for node in nodes}
        top = known.get(here)
        if top is None:
            return None
        while top.parent in known:
            top = known[top.parent]
        below: dict[InstanceId, list[Node]] = {}
        for node in known.values():
            if node.parent is not None:
                below.setdefault(node.parent, []).append(node)
        return self._branch(top, below, here)

    def sheets(self, branch: Branch) -> list[Sheet]:
        """Give a sheet for each act by which dispositions were given from this case, oldest first."""
        acts: dict[datetime, list[Branch]] = {}
        for child in branch.below:
            if child.is_disposition:
                acts.setdefault(child.node.started_at, []).append(child)
        return [
            Sheet(
                letter=self._letter(receivers[0].node),
                given_by=receivers[0].given_by,
                given_at=at,
                receivers=tuple(receivers),
            )
            for at, receivers in acts.items()
        ]

    def _branch(
        self, node: Node, below: Mapping[InstanceId, list[Node]], here: InstanceId
    ) -> Branch:
        program = self.load(node.definition)
        named = program.process.properties
        value = {key: node.variables.get(named[key]) for key in named if key.startswith(PREFIX)}
        children = tuple(self._branch(child, below, here) for child in below.get(node.case, ()))
        mark, status = _status(node, children)
        signed = node.begun_by
        return Branch(
            node=node,
            process=program.definition.name,
            to=self._named(value.get(TO)),
            given_by=(signed.post_name or signed.name) if signed else self._named(value.get(FROM)),
            text=_text(value.get(TEXT)),
            details=self._details(program, node),
            result=_text(value.get(RESULT)),
            status=status,
            mark=mark,
            is_here=node.case == here,
            below=children,
        )

    def _named(self, value: Value) -> str:
        entries = value if isinstance(value, list) else [value]
        texts = [entry for entry in entries if isinstance(entry, str)]
        return ", ".join(self.names.get(text, text) for text in texts)

    def _details(self, program: Program, node: Node) -> tuple[ShownItem, ...]:
        named = program.process.properties
        wanted = [named[key] for key in DETAILS if key in named]
        items = {item.key: item for item in shown_items(_forms(program), node.variables)}
        return tuple(items[key] for key in wanted if key in items and items[key].is_filled)

    def _letter(self, node: Node) -> tuple[ShownItem, ...]:
        """Give what the disposition says of the letter: the fields that its first form only shows."""
        program = self.load(node.definition)
        own = {name for key, name in program.process.properties.items() if key.startswith(PREFIX)}
        forms = _forms(program)[:1]
        shown = {field.key for form in forms for field in form.fields if field.readonly}
        items = shown_items(forms, node.variables)
        return tuple(i for i in items if i.key in shown - own and i.is_filled)


def _forms(program: Program) -> list[Form]:
    return [program.forms[e] for e in program.process.elements if e in program.forms]


def _status(node: Node, below: tuple[Branch, ...]) -> tuple[str, str]:
    """Say how far a case has come: a kind for its colour, and words."""
    if node.state is InstanceState.CANCELLED:
        return "late", _("Dibatalkan")
    if node.state is InstanceState.COMPLETED:
        return "done", _("Diteruskan") if below else _("Selesai")
    if not node.waiting:
        return "now", _("Sedang berjalan")
    return _waiting_status(node.waiting[0])


def _waiting_status(task: Waiting) -> tuple[str, str]:
    if task.holder_name:
        return "now", _("Dikerjakan {who}").format(who=task.holder_name)
    if task.opened_at:
        return "now", _("Sudah dibuka, belum diambil")
    return "today", _("Belum dibuka")


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
