"""Trying a deployment out before anything of it is stored: each new version is compiled, started, saved and loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from engine.decision import inputs_of
from engine.errors import AlurError
from engine.ids import InstanceId
from engine.linked import laid_open
from engine.office_value import declared_values, order_of
from engine.rule import Finding, Severity
from engine.spiff.catching import Circumstances
from engine.spiff.deciding import decision_model
from engine.spiff.execution import Execution
from engine.spiff.personal import personal_keys
from engine.spiff.program import compile_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from engine.decision.stored import DecisionRef, StoredDecision
    from engine.ids import AgencyId, DefinitionId, DeploymentId
    from engine.package_decisions import StoredDecisions
    from engine.process import Process
    from engine.spiff.program import Program
    from engine.store import Definition
    from engine.variables import Value


class InForce(Protocol):
    """What is in force already, for what a trial comes to outside its package."""

    def find_latest(self, agency: AgencyId, key: str) -> Definition | None:
        """Give the newest version of an agency's process."""
        ...

    def get_definition(self, definition: DefinitionId) -> Definition:
        """Give a version of a process."""
        ...

    def find_decision(
        self, agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
    ) -> StoredDecision | None:
        """Give the version of an agency's decision that a drawing of this deployment means."""
        ...


_MORNING = Circumstances(
    now=datetime(2026, 1, 5, 8, tzinfo=UTC),
    zone=lambda: ZoneInfo("Asia/Jakarta"),
    business_key="",
    length_of=lambda _process, _element: "",
)
"""An ordinary morning, for trying a drawing out."""


SECONDS, MEGABYTES = 10, 512
"""What looking at a package from outside may take, on a processor and in memory (`web.checking`)."""


def trial_of(
    decisions: StoredDecisions,
    processes: Mapping[str, Process],
    agency: AgencyId,
    in_force: InForce,
) -> Circumstances:
    """Give the circumstances of a trial: decisions are those of the package, then those in force; the office has set all numbers."""
    return replace(
        _MORNING,
        decision_of=lambda reference, deployment: (
            decisions.find(reference, deployment)
            or in_force.find_decision(agency, reference, deployment)
        ),
        values_of=lambda key: _numbers(processes.get(key) or _process(agency, key, in_force)),
    )


def _process(agency: AgencyId, key: str, in_force: InForce) -> Process | None:
    latest = in_force.find_latest(agency, key)
    return None if latest is None else compile_program(latest).process


def _numbers(process: Process | None) -> dict[str, Value]:
    """Give numbers for what the office sets, rising as the process says."""
    if process is None:
        return {}
    names = dict.fromkeys((*order_of(process), *declared_values(process)))
    return {name: Decimal(number) for number, name in enumerate(names, 1)}


def try_out(
    new: tuple[Definition, ...],
    processes: Mapping[str, Process],
    in_force: InForce,
    circumstances: Circumstances,
    watch: Callable[[str], None],
) -> Iterable[Finding]:
    """Compile each new version, start a case of it, save and load it; what goes wrong is a finding.

    `watch` is told the file of each before.
    """
    by_id = {d.id: d for d in new}
    programs: dict[DefinitionId, Program] = {}

    def program(definition: DefinitionId) -> Program:
        if definition not in programs:
            found = by_id.get(definition) or in_force.get_definition(definition)
            programs[definition] = compile_program(found)
        return programs[definition]

    for definition in new:
        watch(definition.resource)
        try:
            trial = Execution(InstanceId("trial"), definition.id, program, circumstances)
            trial.start({})
            Execution.load(
                InstanceId("trial"),
                definition.id,
                program,
                circumstances,
                frontier=trial.frontier(),
                variables=trial.variables(),
            )
        except AlurError as error:
            yield _failure(definition.resource, processes[definition.key], error)
        else:
            newest = {d.key: d for d in new}
            yield from _laid_open(program(definition.id), program, in_force, newest)
            yield from _laid_open_by_decisions(program(definition.id), program, circumstances)


GAVE_UP = frozenset({"trial_time", "trial_memory", "trial_broken"})
"""Codes of a file that could not be looked at to the end, and so is not to be read again."""


def gave_up(file: str, *, why: str) -> Finding:
    """Find that a file could not be looked at to the end: too long a `time`, too much `memory`, or an error of ours."""
    return Finding(
        severity=Severity.ERROR,
        code="trial_broken"
        if why == "broken"
        else "trial_time"
        if why == "time"
        else "trial_memory",
        file=file,
        params={"seconds": SECONDS, "megabytes": MEGABYTES},
        rule="trial",
    )


def _laid_open(
    program: Program,
    programs: Callable[[DefinitionId], Program],
    in_force: InForce,
    newest: Mapping[str, Definition],
) -> Iterable[Finding]:
    """Find personal values that a step would lay open in the cases that it begins."""
    own = program.definition
    personal = personal_keys(own.id, programs)
    for element, link in program.links.items():
        begun = newest.get(link.process) or in_force.find_latest(own.agency, link.process)
        if begun is None:
            continue
        for new, _ in laid_open(link, personal, programs(begun.id), programs):
            found = program.process.elements[element]
            yield Finding(
                severity=Severity.ERROR,
                code="link_personal",
                file=own.resource,
                line=found.line,
                element_id=found.id,
                element_name=found.name,
                params={"variable": new, "process": begun.name or begun.key},
            )


def _laid_open_by_decisions(
    program: Program, programs: Callable[[DefinitionId], Program], circumstances: Circumstances
) -> Iterable[Finding]:
    """Find decisions over personal values whose result would lie open."""
    own = program.definition
    personal = personal_keys(own.id, programs)
    for element in program.process.elements.values():
        asked = element.decision
        stored = asked and circumstances.decision_of(asked, own.deployment)
        if not stored or element.result in personal:
            continue
        if taken := sorted(personal & inputs_of(decision_model(stored), stored.key)):
            yield Finding(
                severity=Severity.ERROR,
                code="decision_lays_open",
                file=own.resource,
                line=element.line,
                element_id=element.id,
                element_name=element.name,
                params={"variable": element.result, "taken": ", ".join(taken)},
            )


def _failure(file: str, process: Process, error: AlurError) -> Finding:
    """Find what a trial came to, at the element where it was, else at the process."""
    element = process.elements.get(str(error.params.get("element", "")))
    return Finding(
        severity=Severity.ERROR,
        code="trial_failed",
        file=file,
        line=process.line if element is None else element.line,
        element_id=process.key if element is None else element.id,
        element_name=process.name if element is None else element.name,
        params={"error": error},
    )
