"""A deployed version, compiled once: specs, expressions, forms and drawing. Shared by all its cases and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.answer import FORM, answer_form, answerable
from engine.connectors import setups
from engine.connectors.report import report_form
from engine.drawing.read import read_drawing
from engine.errors import DefinitionError
from engine.expression import (
    Expression,
    Language,
    compile_literal_or_expression,
    compile_text,
)
from engine.form import read_form
from engine.letters.numbering import numberings
from engine.link import read_link
from engine.process import DONE_BY_PEOPLE, ElementKind
from engine.source import read_source
from engine.spiff.catching import compile_catchings, compile_throwings
from engine.spiff.looping import compile_rounds
from engine.spiff.normalise import SEPARATOR, SPLIT, VIA, element_id, normalise
from engine.spiff.parameters import compile_parameters
from engine.spiff.parse import parse
from engine.spiff.personal import names_in, passed_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.connectors.connector import Setup
    from engine.drawing.values import Drawing
    from engine.form import Form
    from engine.ids import DefinitionId, LaneId
    from engine.letters.numbering import Numbering
    from engine.link import Link
    from engine.process import DataMapping, Element, Flow, MultiInstance, Process
    from engine.spiff.asking import Asking
    from engine.spiff.catching import Catchings, Throwing
    from engine.spiff.looping import Rounds
    from engine.spiff.parameters import Parameters
    from engine.spiff.specs import ProcessSpec
    from engine.spiff.workflow import Token
    from engine.store import Definition
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """How a user task is laid on a desk: the lane that does it and the expressions that narrow it."""

    lane: LaneId | None
    on_behalf_of: str
    assignee: Expression | None
    groups: Expression | None
    persons: Expression | None
    due: Expression | None
    follow_up: Expression | None
    priority: Expression | None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """All that is asked when the task is laid on a desk."""
        asked = (self.assignee, self.groups, self.persons, self.due, self.follow_up, self.priority)
        return tuple(each for each in asked if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """The expressions of a multi-instance activity; what each child's `output` gives is collected in `outputs_to`."""

    items: Expression
    variable: str
    completion: Expression | None
    outputs_to: str
    output: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A called process: the definition it is pinned to and what is passed in and out."""

    element: str
    definition: DefinitionId
    inward: tuple[tuple[DataMapping, Expression | None], ...]
    outward: tuple[tuple[DataMapping, Expression | None], ...]

    def pass_in(self, view: Mapping[str, Value], asking: Asking) -> dict[str, Value]:
        """Give what the called process begins with."""
        return self._passed(self.inward, view, asking)

    def pass_out(self, view: Mapping[str, Value], asking: Asking) -> dict[str, Value]:
        """Give what the caller gets back."""
        return self._passed(self.outward, view, asking)

    def _passed(
        self,
        mappings: tuple[tuple[DataMapping, Expression | None], ...],
        view: Mapping[str, Value],
        asking: Asking,
    ) -> dict[str, Value]:
        passed: dict[str, Value] = {}
        for mapping, expression in mappings:
            if mapping.everything:
                passed.update(view)
            elif expression is not None:
                passed[mapping.target] = asking.value(expression, view, self.element)
            else:
                passed[mapping.target] = view.get(mapping.source)
        return passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Everything that a case of one version needs to run and a page needs to show it."""

    definition: Definition
    process: Process
    drawing: Drawing
    forms: Mapping[str, Form]
    specs: Mapping[str, ProcessSpec]
    conditions: Mapping[str, Expression]
    scripts: Mapping[str, tuple[Expression, str]]
    repetitions: Mapping[str, Repetition]
    loops: Mapping[str, Rounds]
    calls: Mapping[str, Call]
    parameters: Mapping[str, Parameters]
    offers: Mapping[str, Offer]
    waits: Mapping[str, Catchings]
    throws: Mapping[str, Throwing]
    connectors: Mapping[str, Setup]
    links: Mapping[str, Link]
    letters: Mapping[str, Numbering]
    keys: tuple[str, ...]
    personal: frozenset[str]
    flows: Mapping[tuple[str, str], str]

    @property
    def derived(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The variables that the process makes of others: by scripts, as items of repetitions, in calls and by connectors."""
        for expression, result in self.scripts.values():
            yield result, names_in(expression)
        for repetition in self.repetitions.values():
            yield repetition.variable, names_in(repetition.items)
            if repetition.output is not None:
                yield repetition.outputs_to, names_in(repetition.output)
        for call in self.calls.values():
            yield from passed_on(call.inward + call.outward)
        for parameters in self.parameters.values():
            yield from parameters.derived
        for setup in self.connectors.values():
            if setup.result:
                yield setup.result, setup.names

    def element_of(self, token: Token) -> Element:
        """Give the element that a token stands on."""
        return self.process.elements[element_id(token.task_spec.name)]

    def flow_of(self, token: Token) -> str:
        """Give the sequence flow by which a token came, or '' for none."""
        _, _, source = token.came_from.partition(SEPARATOR)
        if source.endswith(VIA):
            return source.removesuffix(VIA)
        source = source.removesuffix(SPLIT)
        return self.flows.get((source, element_id(token.task_spec.name)), "")


def compile_program(definition: Definition) -> Program:
    """Compile a definition. Raises DefinitionError for what the gate refuses."""
    source = read_source(definition.source, file=definition.resource)
    process = next(p for p in source.processes if p.key == definition.key)
    forms = _forms(definition, process)
    elements = process.elements.values()
    return Program(
        definition=definition,
        process=process,
        drawing=read_drawing(source.root),
        forms=forms,
        specs=parse(normalise(process, definition.id, definition.calls), definition.id),
        conditions={
            f.id: compile_condition(f, process) for f in process.flows.values() if f.condition
        },
        scripts={
            e.id: (compile_script(e), e.result)
            for e in elements
            if e.kind is ElementKind.SCRIPT_TASK
        },
        repetitions={
            e.id: compile_repetition(e.repeats, process) for e in elements if e.repeats is not None
        },
        loops={e.id: compile_rounds(e.loops, process) for e in elements if e.loops is not None},
        calls={
            e.id: _call(e, definition.calls[e.call.pin], process)
            for e in elements
            if e.call is not None
        },
        parameters={e.id: compile_parameters(e) for e in elements if e.inputs or e.outputs},
        offers={e.id: _offer(e, process) for e in elements if e.kind in DONE_BY_PEOPLE},
        waits=compile_catchings(process),
        throws=compile_throwings(process),
        connectors=setups(process),
        links={e.id: link for e in elements if (link := read_link(e)) is not None},
        letters=numberings(process, forms),
        keys=_keys(process, forms),
        personal=frozenset().union(*(form.personal_keys for form in forms.values())),
        flows=_by_ends(process),
    )


def _keys(process: Process, forms: Mapping[str, Form]) -> tuple[str, ...]:
    """Give the variables that are there from the beginning, null at first: those of forms, and who started the case."""
    start = process.find_start()
    named = [start.initiator] if start is not None and start.initiator else []
    return tuple(dict.fromkeys([*(key for form in forms.values() for key in form.keys), *named]))


def _by_ends(process: Process) -> dict[tuple[str, str], str]:
    """Give the first flow from one element to another, by both."""
    flows: dict[tuple[str, str], str] = {}
    for flow in process.flows.values():
        flows.setdefault((flow.source, flow.target), flow.id)
    return flows


def compile_condition(flow: Flow, process: Process) -> Expression:
    """Compile the condition of a flow. Raises ExpressionInvalid."""
    language = flow.language.lower()
    if language:
        return compile_text(flow.condition, default=Language.FEEL if language == "feel" else None)
    return _compile(flow.condition, process)


def compile_script(element: Element) -> Expression:
    """Compile a script: FEEL, with or without prefix, or JUEL in its braces. Raises ExpressionInvalid."""
    is_juel = element.script_format.lower() == "juel"
    return compile_text(element.script, default=None if is_juel else Language.FEEL)


def compile_repetition(repeats: MultiInstance, process: Process) -> Repetition:
    """Compile a multi-instance activity. Raises ExpressionInvalid.

    A collection without prefix is the name of a variable, as in Camunda 7; a cardinality without prefix is a number.
    """
    if repeats.collection:
        items = compile_text(repeats.collection, default=Language.JUEL)
    else:
        items = compile_text(repeats.cardinality, default=Language.FEEL)
    return Repetition(
        items=items,
        variable=repeats.variable,
        completion=_compile(repeats.completion, process) if repeats.completion else None,
        outputs_to=repeats.outputs_to,
        output=_compile(repeats.output, process) if repeats.output else None,
    )


def compile_narrowing(element: Element) -> Iterator[Expression | None]:
    """Compile assignee, candidate groups and persons, due date, follow-up date and priority, in this order.

    Raises ExpressionInvalid.
    """
    for text in (
        element.assignee,
        element.candidate_groups,
        element.candidate_persons,
        element.due,
        element.follow_up,
        element.priority,
    ):
        yield compile_literal_or_expression(text, Language.JUEL) if text else None


def compile_mappings(
    mappings: tuple[DataMapping, ...], process: Process
) -> tuple[tuple[DataMapping, Expression | None], ...]:
    """Compile what a call passes in or out. Raises ExpressionInvalid.

    The business key is the case's own, which what it calls has anyway.
    """
    copied = (m for m in mappings if not m.business_key)
    return tuple((m, _compile(m.expression, process) if m.expression else None) for m in copied)


def _compile(text: str, process: Process) -> Expression:
    return compile_text(text, default=Language.FEEL if process.feel_by_default else None)


def _forms(definition: Definition, process: Process) -> dict[str, Form]:
    forms = {}
    for element in process.elements.values():
        if element.form:
            data = definition.forms.get(element.form)
            if data is None:
                raise DefinitionError(
                    f"Expected a form {element.form}, but it is not in the deployment",
                    code="form_missing",
                    form=element.form,
                    element=element.id,
                )
            forms[element.id] = read_form(data, file=f"{element.form}.form")
    for event in answerable(process):
        further = event.properties.get(FORM, "")
        data = definition.forms.get(further)
        form = None if data is None else read_form(data, file=f"{further}.form")
        forms[event.id] = answer_form(event.id, form)
    reports = ((e.id, report_form(e, forms)) for e in process.elements.values())
    return {**forms, **{ident: form for ident, form in reports if form is not None}}


def _offer(element: Element, process: Process) -> Offer:
    assignee, groups, persons, due, follow_up, priority = compile_narrowing(element)
    lane = process.lane_of(element)
    worker = process.worker_of(element)
    return Offer(
        lane=None if worker is None else worker.id,
        on_behalf_of=lane.name if lane is not None and lane.recorder else "",
        assignee=assignee,
        groups=groups,
        persons=persons,
        due=due,
        follow_up=follow_up,
        priority=priority,
    )


def _call(element: Element, definition: DefinitionId, process: Process) -> Call:
    return Call(
        element=element.id,
        definition=definition,
        inward=compile_mappings(element.passes_in, process),
        outward=compile_mappings(element.passes_out, process),
    )


def names_of(value: Value) -> tuple[str, ...]:
    """Give the names that an assignment means: a comma list or a list of texts."""
    texts = value if isinstance(value, list) else [] if value is None else str(value).split(",")
    return tuple(name for name in (str(t).strip() for t in texts) if name)
