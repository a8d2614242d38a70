"""What the letters ask of a database: part of the engine's one port (`engine.store.Transaction.letters`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from engine.ids import AgencyId, InstanceId, LetterNumberId, RegisterId
    from engine.letters.number import LetterNumber, LetterSequence
    from engine.letters.rule import LetterRule


class Letters(Protocol):
    """Registers as a command reads them; reading a sequence locks it until the transaction ends."""

    def list_rules(self, agency: AgencyId, register: RegisterId) -> tuple[LetterRule, ...]:
        """Give all versions of a register's rule, oldest first; none for a register that was never set up."""
        ...

    def get_sequence(
        self, agency: AgencyId, register: RegisterId, period: str, scope: str
    ) -> LetterSequence:
        """Give a sequence, locked; one that nothing was taken from yet has `last` 0."""
        ...

    def get_number(self, number: LetterNumberId) -> LetterNumber:
        """Give a number. Raises NotFound."""
        ...

    def list_of_case(self, instance: InstanceId) -> tuple[LetterNumber, ...]:
        """Give the numbers of a case that are not voided, oldest first."""
        ...

    def is_booked(self, agency: AgencyId, register: RegisterId, period: str, number: str) -> bool:
        """Tell whether a number that is not voided reads like this in the period."""
        ...

    def find_last_day(self, agency: AgencyId, register: RegisterId) -> date | None:
        """Give the day on which the register's newest number was taken, None when it has no numbers."""
        ...


def find_rule(
    letters: Letters, agency: AgencyId, register: RegisterId, day: date
) -> LetterRule | None:
    """Give the version of a register's rule that holds on a day, None when there is none (yet)."""
    found = [rule for rule in letters.list_rules(agency, register) if rule.valid_from <= day]
    return max(found, key=lambda rule: (rule.valid_from, rule.version), default=None)
