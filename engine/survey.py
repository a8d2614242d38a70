"""What can be corrected in a form that was sent: what stands against a field is found in the history.

A field stays as it is when the process has read it meanwhile (to choose a way, to compute, to repeat, to call or begin
another process, to wait until some time or for some message, to send one), when a later step or the process itself has set it again, when its variable is gone with its sub-process,
and when a letter number hangs on it. Acts that were taken back don't count.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from engine import history as past
from engine.errors import WrongState
from engine.form import Field, Form, Group
from engine.ids import DefinitionId
from engine.replay import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.chain import Record
    from engine.expression import Expression
    from engine.form import Part
    from engine.ids import UserTaskId
    from engine.replay import Moment
    from engine.spiff.program import Program
    from engine.variables import Value


class Bar(StrEnum):
    """Why a field stays as it is."""

    DECISION = "decision"
    """The process has read it."""
    OVERWRITTEN = "overwritten"
    """A later step, or the process itself, has set it again."""
    GONE = "gone"
    """Its variable is gone."""
    NUMBERED = "numbered"
    """It is a letter number, or in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What can be corrected in a form that was sent.

    `form` is the form with the barred fields only to be read, `owners` the scope of each field's variable, `seen` the
    variables as the form would see them now, `home` the scope of its process. `later` are the fields by which tasks were
    laid on desks already (who, until when): another value holds for tasks to come. `latest` is the signed record of the act
    that changed one of its fields last: the sending itself, a correction, a later step.
    """

    form: Form
    barred: Mapping[str, Bar]
    owners: Mapping[str, int]
    seen: Mapping[str, Value]
    home: int
    later: frozenset[str]
    latest: Record

    @property
    def revision(self) -> int:
        """What a correction says that its sender saw: the number of the act that changed a field last."""
        return self.latest.seq


def survey(
    task: UserTaskId,
    records: tuple[Record, ...],
    personal: Mapping[tuple[int, str], bytes],
    programs: Callable[[DefinitionId], Program],
) -> Survey:
    """Say what can be corrected in what was sent for a task.

    Raises WrongState for a task that was not sent, was taken back or has no form.
    """
    return _Surveying(task, records, personal, programs).survey()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """Where the form was sent: the scopes from its token's out to its process's, and each variable's scope at that time."""

    element: str
    scopes: tuple[int, ...]
    definition: DefinitionId
    form: Form
    owners: Mapping[str, int]

    @property
    def home(self) -> int:
        """The scope of its process."""
        return self.scopes[-1]


class _Surveying:
    """Folds the history: up to where the form was sent, then looking at what happened since."""

    def __init__(
        self,
        task: UserTaskId,
        records: tuple[Record, ...],
        personal: Mapping[tuple[int, str], bytes],
        programs: Callable[[DefinitionId], Program],
    ) -> None:
        self._task = task
        self._records = records
        self._personal = personal
        self._programs = programs
        events = [record.event for record in records]
        self._back = {e.task for e in events if isinstance(e, past.UserTaskRetracted)}
        self._start = self._find_start(events)
        self._latest = records[self._start]
        self._bars: dict[str, Bar] = {}
        self._later: set[str] = set()

    def _find_start(self, events: list[past.HistoryEvent]) -> int:
        for index, event in enumerate(events):
            if isinstance(event, past.UserTaskCompleted) and event.task == self._task:
                if self._task not in self._back:
                    return index
                break
        raise WrongState(
            f"Expected {self._task} to be sent, but it is not", code="correction_not_sent"
        )

    def survey(self) -> Survey:
        moment = fold(self._records[: self._start], self._personal)
        sent = self._sent(moment)
        program = self._programs(sent.definition)
        self._look_on(moment, sent, program)
        self._bar(self._numbered(program) & sent.owners.keys(), Bar.NUMBERED)
        self._bar({k for k, scope in sent.owners.items() if scope not in moment.scopes}, Bar.GONE)
        return Survey(
            form=_narrowed(sent.form, frozenset(self._bars)),
            barred=dict(self._bars),
            owners=sent.owners,
            seen=_seen(moment, sent),
            home=sent.home,
            later=frozenset(self._later) - self._bars.keys(),
            latest=self._latest,
        )

    def _sent(self, moment: Moment) -> _Sent:
        event = self._records[self._start].event
        if not isinstance(event, past.UserTaskCompleted):
            raise TypeError(f"Expected a UserTaskCompleted, but found {event.type}")
        scopes = tuple(_outwards(moment, moment.active[event.token].scope))
        definition = DefinitionId(moment.drawing_of(scopes[0]) or moment.definition)
        form = self._programs(definition).forms.get(event.element)
        if form is None:
            raise WrongState(
                f"Expected a form of {self._task}, but it has none", code="correction_without_form"
            )
        return _Sent(
            element=event.element,
            scopes=scopes,
            definition=definition,
            form=form,
            owners={f.key: _owner(moment, scopes[0], f.key) for f in form.open_fields},
        )

    def _look_on(self, moment: Moment, sent: _Sent, program: Program) -> None:
        """Fold what happened since the form was sent, and bar the fields that it touched."""
        reads = _reads(program)
        self._bar(reads.get(sent.element, frozenset()) & sent.owners.keys(), Bar.DECISION)
        own_values = True  # the form's values stand right behind its completion
        lead, is_undone = self._latest, False
        for record in self._records[self._start :]:
            event = record.event
            if record.cause == 0:
                lead, is_undone = record, self._is_undone(event)
            if _touched(event, sent):
                self._latest = lead
            own_values = own_values and isinstance(
                event, past.UserTaskCompleted | past.VariablesChanged
            )
            corrects = self._is_own(record)
            if not is_undone and not own_values and not corrects:
                self._meet(event, moment, sent, reads)
                self._later |= _asked(event, moment, sent, program)
            fold((record,), self._personal, moment)

    def _meet(
        self,
        event: past.HistoryEvent,
        moment: Moment,
        sent: _Sent,
        reads: Mapping[str, frozenset[str]],
    ) -> None:
        if (
            isinstance(event, past.ElementActivated)
            and _outwards(moment, event.scope)[-1] == sent.home
        ):
            self._bar(reads.get(event.element, frozenset()) & sent.owners.keys(), Bar.DECISION)
        elif isinstance(event, past.DecisionEvaluated):
            self._bar(self._decided(event, moment, sent), Bar.DECISION)
        elif isinstance(event, past.WorkCompleted):
            self._bar(self._gone_out(event, moment, sent), Bar.DECISION)
        elif isinstance(event, past.VariablesChanged):
            self._bar(_touched(event, sent), Bar.OVERWRITTEN)
        elif isinstance(event, past.UserTaskCompleted):
            self._bar(self._sent_again(event, moment, sent), Bar.OVERWRITTEN)

    def _decided(self, event: past.DecisionEvaluated, moment: Moment, sent: _Sent) -> set[str]:
        """Give the fields that a decision was made of."""
        if _outwards(moment, moment.active[event.token].scope)[-1] != sent.home:
            return set()
        return set(event.reads) & sent.owners.keys()

    def _gone_out(self, event: past.WorkCompleted, moment: Moment, sent: _Sent) -> frozenset[str]:
        """Give the fields that a connector has read for work that is done; until then a mistake in them can be mended."""
        if event.reason or _outwards(moment, moment.active[event.token].scope)[-1] != sent.home:
            return frozenset()
        setup = self._programs(sent.definition).connectors.get(event.element)
        return frozenset() if setup is None else setup.names & sent.owners.keys()

    def _sent_again(self, event: past.UserTaskCompleted, moment: Moment, sent: _Sent) -> set[str]:
        """Give the fields that a later form sent too, perhaps with the same value."""
        scope = moment.active[event.token].scope
        program = self._programs(DefinitionId(moment.drawing_of(scope) or moment.definition))
        form = program.forms.get(event.element)
        keys = {each.key for each in form.open_fields} if form else set()
        return {k for k in keys & sent.owners.keys() if _owner(moment, scope, k) == sent.owners[k]}

    def _is_undone(self, event: past.HistoryEvent) -> bool:
        """Tell whether an act took another one back, or was taken back: together they changed nothing."""
        taken_back = isinstance(event, past.UserTaskCompleted) and event.task in self._back
        return taken_back or isinstance(event, past.UserTaskRetracted)

    def _is_own(self, record: Record) -> bool:
        """Tell whether a record is of an earlier correction of this very form."""
        lead = self._records[record.cause - 1].event if record.cause else record.event
        return isinstance(lead, past.SubmissionCorrected) and lead.task == self._task

    def _numbered(self, program: Program) -> set[str]:
        """Give the variables that a letter number of the case hangs on."""
        events = [record.event for record in self._records]
        voided = {e.id for e in events if isinstance(e, past.LetterNumberVoided)}
        reserved = (e for e in events if isinstance(e, past.LetterNumberReserved))
        live = {e.field for e in reserved if e.id not in voided}
        return {
            name
            for numbering in program.letters.values()
            if numbering.field in live
            for name in (numbering.field, numbering.classification, numbering.unit)
        }

    def _bar(self, keys: set[str] | frozenset[str], bar: Bar) -> None:
        for key in sorted(keys):
            self._bars.setdefault(key, bar)


def _touched(event: past.HistoryEvent, sent: _Sent) -> set[str]:
    """Give the fields of the form that an event sets or removes."""
    if not isinstance(event, past.VariablesChanged):
        return set()
    names = {*event.set, *event.personal, *event.removed}
    return {name for name in names if sent.owners.get(name) == event.scope}


def _asked(event: past.HistoryEvent, moment: Moment, sent: _Sent, program: Program) -> set[str]:
    """Give the fields by which a task was laid on a desk."""
    if not isinstance(event, past.UserTaskCreated):
        return set()
    if _outwards(moment, moment.active[event.token].scope)[-1] != sent.home:
        return set()
    asked = program.offers[event.element].expressions
    return {name for each in asked for name in each.names & sent.owners.keys()}


def _reads(program: Program) -> Mapping[str, frozenset[str]]:
    """Give the variables that each element reads when a token comes to it (or, for a link, leaves it)."""
    found: dict[str, frozenset[str]] = {}
    for element, names in _readers(program):
        found[element] = found.get(element, frozenset()) | names
    return found


def _readers(program: Program) -> Iterator[tuple[str, frozenset[str]]]:
    flows = program.process.flows
    for flow, condition in program.conditions.items():
        yield flows[flow].source, _names(condition)
    for element, (script, _) in program.scripts.items():
        yield element, _names(script)
    for element, parameters in program.parameters.items():
        for _, given in (*parameters.inputs, *parameters.outputs):
            yield element, given.names
    for element, repetition in program.repetitions.items():
        yield element, _names(repetition.items, repetition.completion, repetition.output)
    for element, loop in program.loops.items():
        yield element, _names(loop.condition)
    for element, link in program.links.items():
        yield element, link.reads
    yield from _readers_of_calls(program)
    yield from _readers_outside(program)


def _readers_of_calls(program: Program) -> Iterator[tuple[str, frozenset[str]]]:
    for element, call in program.calls.items():
        for mapping, expression in call.inward:
            names = {mapping.source} if expression is None else expression.names
            yield element, frozenset(program.keys) if mapping.everything else frozenset(names)


def _readers_outside(program: Program) -> Iterator[tuple[str, frozenset[str]]]:
    """Give what is read to wait for something from elsewhere, and for what goes out."""
    for element, catchings in program.waits.items():
        for catching in (*catchings.own, *catchings.attached):
            yield element, _names(catching.name, catching.key, catching.text)
    for element, throwing in program.throws.items():
        yield element, _names(throwing.name, throwing.key) | frozenset(throwing.carried)


def _names(*expressions: Expression | None) -> frozenset[str]:
    found = (each.names | each.filter_names for each in expressions if each is not None)
    return frozenset[str]().union(*found)


def _outwards(moment: Moment, scope: int) -> list[int]:
    """Give a scope and those around it, out to the one of its process."""
    scopes = [scope]
    while scopes[-1] and not moment.scopes[scopes[-1]].definition:
        scopes.append(moment.scopes[scopes[-1]].parent)
    return scopes


def _owner(moment: Moment, scope: int, key: str) -> int:
    """Give the scope of a variable, going outwards as a form's values do (`engine.spiff.scopes`)."""
    scopes = _outwards(moment, scope)
    return next((each for each in scopes if key in moment.variables(each)), scopes[-1])


def _seen(moment: Moment, sent: _Sent) -> dict[str, Value]:
    """Give what the form would see now; a variable whose scope is gone is null."""
    seen: dict[str, Value] = dict.fromkeys(sent.form.keys)
    for scope in reversed(sent.scopes):
        if scope in moment.scopes:
            seen.update(moment.variables(scope))
    gone = {key for key, scope in sent.owners.items() if scope not in moment.scopes}
    return {**seen, **dict.fromkeys(gone)}


def _narrowed(form: Form, barred: frozenset[str]) -> Form:
    """Give the form with these fields only to be read."""
    order = tuple(key for key in form.order if key not in barred)
    return dataclasses.replace(form, parts=_read_only(form.parts, barred), order=order)


def _read_only(parts: tuple[Part, ...], barred: frozenset[str]) -> tuple[Part, ...]:
    return tuple(_read_only_part(part, barred) for part in parts)


def _read_only_part(part: Part, barred: frozenset[str]) -> Part:
    if isinstance(part, Group):
        return dataclasses.replace(part, parts=_read_only(part.parts, barred))
    if isinstance(part, Field) and part.key in barred:
        return dataclasses.replace(part, readonly=True)
    return part
