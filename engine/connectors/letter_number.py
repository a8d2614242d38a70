"""The connector `alur.nomor`: Alur takes a letter number from a register, as a step of the case and of no person.

Its properties are those of a person's step (`engine.letters.numbering`): `nomor.register`, `nomor.isian`, `nomor.tahap` and
so on, checked by the same rule. The number and the variable that gets it are written in one transaction with the end of the
task, so nothing has to be prepared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.letters.numbering import TOPIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.connectors.connector import Fault


__all__ = ["TOPIC", "LetterNumberConnector"]


class LetterNumberConnector:
    """See the module."""

    prefix = "nomor."

    def faults(self, given: Mapping[str, str]) -> Iterator[Fault]:
        """Find nothing: the rule of letter numbers looks at all that numbers."""
        del given
        return iter(())

    def compile(self, given: Mapping[str, str]) -> None:
        """Prepare nothing."""
        del given
