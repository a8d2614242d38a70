"""Which names can be bound where a node stands, as far as the text tells."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    """The names that loops, contexts and functions around bind.

    `are_open`: in a filter any name may be an entry of the element, and for `is defined` none is missing; a name that is
    nowhere is not noted there.
    """

    names: frozenset[str] = frozenset()
    are_open: bool = False

    def binding(self, *names: str) -> Scopes:
        """Give these with more names."""
        return replace(self, names=self.names.union(names))

    def opened(self) -> Scopes:
        """Give these where any name may be bound."""
        return replace(self, are_open=True)


OUTERMOST = Scopes()
