"""A form at one moment: what is hidden in it, what can be chosen, and what was read from each field.

Fields are read in the form's order, each behind those that its conditions and options name, so the outcome depends on
nothing but what was sent and the case's data. A hidden field is null for all formulas. A condition that can't be decided
hides nothing: its part is shown, and is doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from engine.form.field import Field
from engine.form.layout import Group
from engine.form.submission import Reading, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.form.field import Part
    from engine.form.scope import Scope
    from engine.variables import Value

    Take = Callable[[Field, bool], Reading]
    """Reads a field as it is now; told whether its being there depends on a condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A form at one moment. `fields` are the open fields by key, as they are now, `readings` what was read from them.

    `hidden` and `doubtful` are the places of parts.
    """

    fields: Mapping[str, Field]
    readings: Mapping[str, Reading]
    hidden: frozenset[str]
    doubtful: frozenset[str]

    def is_hidden(self, part: Part) -> bool:
        """Tell whether a part is hidden, by its own condition or with the group it is in."""
        return part.place in self.hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A part with the groups around it, outermost first."""

    part: Part
    within: tuple[Group, ...]

    @property
    def is_conditional(self) -> bool:
        """Whether the part can be hidden, by itself or with a group."""
        return any(part.hide for part in (*self.within, self.part))


def placed(parts: tuple[Part, ...], within: tuple[Group, ...] = ()) -> Iterator[Placed]:
    """Give all parts in order, those of groups behind their group."""
    for part in parts:
        yield Placed(part=part, within=within)
        if isinstance(part, Group):
            yield from placed(part.parts, (*within, part))


def is_open(part: Part) -> TypeGuard[Field]:
    """Tell whether a part is a field that can be filled in."""
    return isinstance(part, Field) and not part.readonly


def needs_of(parts: tuple[Part, ...]) -> dict[str, frozenset[str]]:
    """Give for each open field the names that decide over it: by its formulas and by the conditions around it."""
    needs: dict[str, frozenset[str]] = {}
    for each in placed(parts):
        field = each.part
        if is_open(field):
            around = [part.hide for part in (*each.within, field) if part.hide]
            names = [formula.names | formula.own for formula in around]
            needs[field.key] = frozenset().union(field.names_outside, *names)
    return needs


class Play:
    """Reads a form once; `scope` grows while it does."""

    def __init__(self, parts: tuple[Part, ...], scope: Scope) -> None:
        self._scope = scope
        self._placed = tuple(placed(parts))
        self._truths: dict[str, bool | None] = {}

    def scene(self, order: tuple[str, ...], take: Take, given: Mapping[str, Value]) -> Scene:
        """Read all open fields in order; `given` are the values where a program sends them."""
        by_key = {p.part.key: p for p in self._placed if is_open(p.part)}
        fields: dict[str, Field] = {}
        readings: dict[str, Reading] = {}
        for key in filter(by_key.__contains__, order):
            field = fields[key] = self._now(by_key[key])
            hidden = self._is_hidden(by_key[key])
            readings[key] = (
                unseen(field.spot, given.get(key))
                if hidden
                else take(field, by_key[key].is_conditional)
            )
            self._scope.fill(key, readings[key].seen)
        hidden_places = {p.part.place for p in self._placed if self._is_hidden(p)}
        return Scene(
            fields=fields,
            readings={key: readings[key] for key in by_key},
            hidden=frozenset(hidden_places),
            doubtful=frozenset(place for place, truth in self._truths.items() if truth is None),
        )

    def _now(self, each: Placed) -> Field:
        if not isinstance(each.part, Field):
            raise TypeError(f"Expected a field, but found {each.part.kind}")
        return each.part.at(self._scope)

    def _is_hidden(self, each: Placed) -> bool:
        return any(self._truth(part) for part in (*each.within, each.part))

    def _truth(self, part: Part) -> bool | None:
        if part.hide is None:
            return False
        if part.place not in self._truths:
            self._truths[part.place] = part.hide.find_truth(self._scope)
        return self._truths[part.place]
