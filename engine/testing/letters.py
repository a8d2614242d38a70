"""Registers in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Conflict, NotFound
from engine.letters.number import LetterSequence, NumberState

if TYPE_CHECKING:
    from datetime import date

    from engine.ids import AgencyId, InstanceId, LetterNumberId, RegisterId
    from engine.letters.number import LetterChanges, LetterNumber
    from engine.letters.rule import LetterRule
    from engine.testing.tables import Tables


class MemoryLetters:
    """The registers as one command sees them; see `engine.letters.port.Letters` for what each method promises."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def list_rules(self, agency: AgencyId, register: RegisterId) -> tuple[LetterRule, ...]:
        """Give all versions of a register's rule, oldest first."""
        kept = self._tables.letter_rules
        found = [rule for (a, r, _), rule in kept.items() if (a, r) == (agency, register)]
        return tuple(sorted(found, key=lambda rule: rule.version))

    def get_sequence(
        self, agency: AgencyId, register: RegisterId, period: str, scope: str
    ) -> LetterSequence:
        """Give a sequence; one that nothing was taken from yet has `last` 0."""
        last = self._tables.letter_sequences.get((agency, register, period, scope), 0)
        return LetterSequence(
            agency=agency, register=register, period=period, scope=scope, last=last
        )

    def get_number(self, number: LetterNumberId) -> LetterNumber:
        """Give a number. Raises NotFound."""
        if number not in self._tables.letter_numbers:
            raise NotFound(
                f"Expected a letter number {number!r}, but there is none",
                code="not_found",
                what="letter_number",
            )
        return self._tables.letter_numbers[number]

    def list_of_case(self, instance: InstanceId) -> tuple[LetterNumber, ...]:
        """Give the numbers of a case that are not voided, oldest first."""
        kept = self._tables.letter_numbers.values()
        found = [n for n in kept if n.instance == instance and n.state is not NumberState.VOIDED]
        return tuple(sorted(found, key=lambda n: (n.taken_at, n.register, n.ordinal)))

    def is_booked(self, agency: AgencyId, register: RegisterId, period: str, number: str) -> bool:
        """Tell whether a number that is not voided reads like this in the period."""
        wanted = (agency, register, period, number)
        return any(_reading(n) == wanted for n in self._tables.letter_numbers.values())

    def find_last_day(self, agency: AgencyId, register: RegisterId) -> date | None:
        """Give the day on which the register's newest number was taken."""
        kept = self._tables.letter_numbers.values()
        days = [n.taken_on for n in kept if (n.agency, n.register) == (agency, register)]
        return max(days, default=None)

    def save(self, changes: LetterChanges) -> None:
        """Write what a command did. Raises Conflict for what another command did first."""
        for rule in changes.rules:
            key = (rule.agency, rule.register, rule.version)
            _expect(key not in self._tables.letter_rules, "letter_rule_changed", rule.register)
            self._tables.letter_rules[key] = rule
        for each in changes.sequences:
            place = (each.agency, each.register, each.period, each.scope)
            _expect(
                self._tables.letter_sequences.get(place, 0) < each.last,
                "letter_number_changed",
                each.register,
            )
            self._tables.letter_sequences[place] = each.last
        for number in changes.numbers:
            self._save_number(number)

    def _save_number(self, number: LetterNumber) -> None:
        kept = self._tables.letter_numbers
        before = kept[number.id].revision if number.id in kept else 0
        others = [n for n in kept.values() if n.id != number.id]
        free = _line(number) not in map(_line, others)
        reads_alone = number.state is NumberState.VOIDED or _reading(number) not in map(
            _reading, others
        )
        unchanged = before == number.revision - 1
        _expect(free and reads_alone and unchanged, "letter_number_changed", number.number)
        kept[number.id] = number


def _line(number: LetterNumber) -> tuple[object, ...]:
    """Give what no two numbers share."""
    return number.agency, number.register, number.period, number.scope, number.sequence


def _reading(number: LetterNumber) -> tuple[object, ...] | None:
    """Give what no two numbers that are not voided share."""
    if number.state is NumberState.VOIDED:
        return None
    return number.agency, number.register, number.period, number.number


def _expect(holds: bool, code: str, what: str) -> None:  # noqa: FBT001 - a condition, named by what it guards
    if not holds:
        raise Conflict(
            f"Expected {what} as it was read, but another command was first",
            code=code,
            number=what,
        )
