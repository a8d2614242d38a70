"""Letter numbers along a case: taken, confirmed and booked by its steps, voided with it.

A number stays with the case when it is sent back, for the next round. When the case is cancelled, what was only reserved is
voided; what was confirmed stays, for the letter was signed (or came in) all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.form.moment import DateField, DateTimeField
from engine.form.problem import FieldCode, FieldProblem
from engine.letters import events
from engine.letters.number import LetterChanges, NumberState, VoidCause
from engine.letters.numbering import Stage
from engine.letters.pattern import Placeholder
from engine.letters.port import find_rule
from engine.letters.rule import Source
from engine.letters.taking import Wanted, WantedIncomplete, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.form import Form
    from engine.history import HistoryEvent
    from engine.letters.number import LetterNumber, LetterSequence
    from engine.letters.numbering import Numbering
    from engine.letters.rule import LetterRule
    from engine.letters.taking import Desk
    from engine.store import Instance
    from engine.variables import Value

LENGTH_OF_DAY = len("2026-11-21")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a case that is being done.

    `home` is the scope of its process, `seen` the variables that it sees, `unit` the unit in which it is done; `forms` and
    `numberings` are those of its process, by element.
    """

    instance: Instance
    element: str
    home: int
    seen: Mapping[str, Value]
    unit: str
    forms: Mapping[str, Form]
    numberings: Mapping[str, Numbering]

    def problem(self, variable: str, code: FieldCode, **params: str) -> FieldProblem:
        """Give a problem at the field of a variable, or at the form as a whole where it has no such field."""
        form = self.forms.get(self.element)
        label = next((f.label for f in form.fields if f.key == variable), None) if form else None
        if label is None:
            return FieldProblem(code=code, params=params)
        return FieldProblem(code=code, name=variable, place=(label,), params=params)


@dataclass(slots=True, kw_only=True)
class Lettering:
    """What a command does to the letter numbers of a case.

    `values` are those of the form, with the number filled in; `beside` are variables that the step sets though its form
    does not have them.
    """

    values: dict[str, Value] = field(default_factory=dict)
    beside: dict[str, Value] = field(default_factory=dict)
    events: list[HistoryEvent] = field(default_factory=list)
    changed: dict[str, LetterNumber] = field(default_factory=dict)
    sequences: tuple[LetterSequence, ...] = ()

    @property
    def changes(self) -> LetterChanges:
        """What is to be written."""
        return LetterChanges(numbers=tuple(self.changed.values()), sequences=self.sequences)

    def keep(self, number: LetterNumber) -> LetterNumber:
        """Note a changed number, counting one change a command however often it is touched."""
        before = self.changed.get(number.id)
        revision = before.revision if before else number.revision + 1
        self.changed[number.id] = replace(number, revision=revision)
        return self.changed[number.id]

    def void(self, number: LetterNumber, cause: VoidCause, reason: str, desk: Desk) -> None:
        """Void a number."""
        self.events.append(events.voided(self.keep(number.voided(cause, reason, desk.at))))


def do_step(step: Step, values: Mapping[str, Value], desk: Desk) -> Lettering:
    """Say what sending a step's form does to the case's numbers.

    Where Alur numbers, the field takes no typed number: an empty one gets the number that was taken, or the next one.
    Raises InvalidSubmission with the problem at its field.
    """
    done = Lettering(values=dict(values))
    if not step.numberings:
        return done
    live = _live(step, desk)
    numbering = step.numberings.get(step.element)
    if numbering is not None:
        number = _Numbered(step, numbering, desk, done).given(live.pop(numbering.field, None))
        if number is not None:
            live[numbering.field] = _brought_on(number, numbering, desk, done)
    for number in live.values():
        _book(step, number, desk, done)
    return done


def reserve(step: Step, typed: Mapping[str, Value], desk: Desk) -> Lettering:
    """Take a number for a step whose form is still being filled in; one that the case has already stays.

    Raises InvalidSubmission like `do_step`, LookupError where the step takes no number from Alur.
    """
    done = Lettering(values=dict(typed))
    numbering = step.numberings.get(step.element)
    if numbering is None or not numbering.gives:
        raise LookupError(f"Expected a step that takes a number, but {step.element} takes none")
    number = _Numbered(step, numbering, desk, done).reserved(_live(step, desk).get(numbering.field))
    _book(step, number, desk, done)
    return done


def rebook(step: Step, desk: Desk) -> Lettering:
    """Bring the agenda lines of the case's numbers up to date with variables that were corrected."""
    done = Lettering()
    if step.numberings:
        for number in _live(step, desk).values():
            _book(step, number, desk, done)
    return done


def cancel(instance: Instance, reason: str, desk: Desk) -> Lettering:
    """Void the numbers of a cancelled case that were only reserved."""
    done = Lettering()
    for number in desk.letters.list_of_case(instance.id):
        if number.state is NumberState.RESERVED:
            done.void(number, VoidCause.CASE_CANCELLED, reason, desk)
    return done


class _Numbered:
    """A step that has to do with a number, while it is being done."""

    def __init__(self, step: Step, numbering: Numbering, desk: Desk, done: Lettering) -> None:
        self._step = step
        self._numbering = numbering
        self._desk = desk
        self._done = done
        agency = step.instance.agency
        self._rule = find_rule(desk.letters, agency, numbering.register, desk.day)

    def given(self, number: LetterNumber | None) -> LetterNumber | None:
        """Give the number that the field has: the case's own, or a new one where the step must have one.

        Without a register of this word in the office the field stays what it is, a text.
        """
        if self._rule is None or not self._numbering.gives:
            return number
        if self._rule.source is Source.OUTSIDE:
            return self._recorded(self._rule, number)
        return self._numbered(self._rule, number)

    def reserved(self, number: LetterNumber | None) -> LetterNumber:
        """Give the case's own number, or a new one."""
        if self._rule is None or self._rule.source is not Source.ALUR:
            raise LookupError(f"Expected a register that numbers, but {self._numbering.register}")
        if number is None:
            return self._taken(self._rule)
        self._expect_same_classification(self._rule, number)
        return number

    def _numbered(self, rule: LetterRule, number: LetterNumber | None) -> LetterNumber | None:
        numbering, done = self._numbering, self._done
        typed = done.values.get(numbering.field)
        if not numbering.in_form:  # a page may send the field empty; the form would not know it
            done.values.pop(numbering.field, None)
        if typed not in (None, "", number.number if number else None):
            raise refused(self._step.problem(numbering.field, FieldCode.LETTER_TYPED))
        if number is None and not numbering.in_form:
            return None
        number = self.reserved(number) if number else self._taken(rule)
        (done.values if numbering.in_form else done.beside)[numbering.field] = number.number
        return number

    def _recorded(self, rule: LetterRule, number: LetterNumber | None) -> LetterNumber | None:
        text = _text(self._done.values.get(self._numbering.field))
        if not text or (number is not None and number.number == text):
            return number
        if number is not None:
            self._done.void(number, VoidCause.REPLACED, text, self._desk)
        return self._taken(rule, text)

    def _taken(self, rule: LetterRule, text: str = "") -> LetterNumber:
        step, numbering, done = self._step, self._numbering, self._done
        unit = _text({**step.seen, **done.values}.get(numbering.unit)) or step.unit
        wanted = Wanted(classification=self._classification, unit=unit, number=text)
        try:
            number, done.sequences = self._desk.take(rule, wanted)
        except WantedIncomplete as error:
            variables = {
                "classification": numbering.classification,
                "unit": numbering.unit,
                "number": numbering.field,
            }
            problem = step.problem(variables[error.at], error.code, **error.params)
            raise refused(problem) from error
        number = replace(number, instance=step.instance.id, home=step.home, field=numbering.field)
        done.changed[number.id] = number
        done.events.append(events.reserved(number))
        return number

    @property
    def _classification(self) -> str:
        seen = {**self._step.seen, **self._done.values}
        return _text(seen.get(self._numbering.classification))

    def _expect_same_classification(self, rule: LetterRule, number: LetterNumber) -> None:
        """Raise InvalidSubmission when the letter's classification is no longer the one in its number."""
        if rule.uses(Placeholder.CLASSIFICATION) and self._classification != number.classification:
            code = FieldCode.LETTER_CLASSIFICATION_OTHER
            variable = self._numbering.classification
            raise refused(self._step.problem(variable, code, number=number.number))


def _live(step: Step, desk: Desk) -> dict[str, LetterNumber]:
    """Give the numbers of the step's process that are not voided, by the variable that they are in."""
    found = desk.letters.list_of_case(step.instance.id)
    return {number.field: number for number in found if number.home == step.home}


def _brought_on(
    number: LetterNumber, numbering: Numbering, desk: Desk, done: Lettering
) -> LetterNumber:
    """Confirm a number, or note that its letter went out, as the step's stage says."""
    if numbering.stage is Stage.CONFIRM and number.state is NumberState.RESERVED:
        number = done.keep(number.confirmed(desk.at))
        done.events.append(events.confirmed(number))
    elif numbering.stage is Stage.SEND:
        entry = replace(number.entry, sent_on=desk.day.isoformat())
        number = done.keep(replace(number, entry=entry, changed_at=desk.at))
    return number


def _book(step: Step, number: LetterNumber, desk: Desk, done: Lettering) -> None:
    """Bring a number's line in the agenda book up to date with the case."""
    columns = next((n.columns for n in step.numberings.values() if n.field == number.field), {})
    values = {**step.seen, **done.values, **done.beside}
    texts = {column: _shown(step, key, values.get(key)) for column, key in columns.items()}
    entry = replace(number.entry, **texts)
    if entry != number.entry:
        done.keep(replace(number, entry=entry, changed_at=desk.at))


def _shown(step: Step, key: str, value: Value) -> str:
    """Give a variable as the book says it: days as they are kept, all else in the words of the form."""
    fields = (f for form in step.forms.values() for f in form.fields if f.key == key)
    found = next(fields, None)
    if isinstance(found, DateField | DateTimeField):
        return _text(value)[:LENGTH_OF_DAY]
    return found.shown(value) if found else _text(value)


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else ""
