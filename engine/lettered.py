"""Letter numbers of a case that a command works on: what the drawing and the running case say, handed to `engine.letters`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.ids import PersonId
from engine.job import JobFailed
from engine.letters import in_case
from engine.letters.in_case import Lettering, Step
from engine.letters.taking import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.act import Act
    from engine.spiff.execution import Execution
    from engine.store import Instance
    from engine.user_task import UserTask
    from engine.variables import Value
    from engine.wait import Wait


def sent(
    instance: Instance, task: UserTask, values: Mapping[str, Value], act: Act, running: Execution
) -> Lettering:
    """Say what sending a task's form does to the case's numbers. Raises InvalidSubmission (`letters.in_case.do_step`)."""
    if not act.programs(task.definition).letters:
        return Lettering(values=dict(values))
    return in_case.do_step(_step(instance, task, act, running), values, desk_of(act))


def asked(
    instance: Instance, task: UserTask, typed: Mapping[str, Value], act: Act, running: Execution
) -> Lettering:
    """Take a number for a task whose form is being filled in. Raises like `letters.in_case.reserve`."""
    return in_case.reserve(_step(instance, task, act, running), typed, desk_of(act))


def by_alur(instance: Instance, wait: Wait, act: Act, running: Execution) -> Lettering:
    """Say what a step of Alur's own does to the case's numbers, the variable with the number among `values`.

    Raises InvalidSubmission for a letter that lacks what its number needs, JobFailed where the register does not number.
    """
    program = act.programs(wait.definition)
    step = Step(
        instance=instance,
        element=wait.element,
        home=running.home(wait.token),
        seen=running.view(wait.token),
        unit=act.unit,
        forms=program.forms,
        numberings=program.letters,
    )
    numbering = program.letters[wait.element]
    done = in_case.do_step(step, {}, desk_of(act))
    if numbering.gives and not done.values.get(numbering.field):
        raise JobFailed(
            f"Expected a register {numbering.register} that numbers, but there is none",
            code="letter_register_missing",
            is_final=True,
            told=numbering.register,
        )
    return done


def corrected(
    instance: Instance, task: UserTask, seen: Mapping[str, Value], act: Act, home: int
) -> Lettering:
    """Say what correcting a form that was sent does to the agenda lines; `seen` are the variables, `home` their scope."""
    program = act.programs(task.definition)
    step = Step(
        instance=instance,
        element=task.element,
        home=home,
        seen=seen,
        unit=act.unit,
        forms=program.forms,
        numberings=program.letters,
    )
    return in_case.rebook(step, desk_of(act))


def cancelled(instance: Instance, reason: str, act: Act) -> Lettering:
    """Say what cancelling a case does to its numbers."""
    return in_case.cancel(instance, reason, desk_of(act))


def desk_of(act: Act) -> Desk:
    """Give the desk at which a command takes numbers: today is the day in the office."""
    return Desk(
        letters=act.letters,
        day=act.at.astimezone(act.zone()).date(),
        at=act.at,
        person=PersonId(act.by.person),
        name=act.by.name,
        new_id=act.new_id,
    )


def _step(instance: Instance, task: UserTask, act: Act, running: Execution) -> Step:
    program = act.programs(task.definition)
    token = int(task.id.rpartition("-")[2])
    return Step(
        instance=instance,
        element=task.element,
        home=running.home(token),
        seen=running.view(token),
        unit=act.unit,
        forms=program.forms,
        numberings=program.letters,
    )
