"""Koreksi: fields of a form that was sent before get other values, for a reason, while the case runs.

No step is done again. Which fields can be corrected is in `engine.survey`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import instance as case
from engine import lettered, permission
from engine.errors import Conflict, InvalidSubmission
from engine.form.file import files_within
from engine.history import SubmissionCorrected
from engine.survey import Bar, Survey
from engine.variables import equal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor, Post
    from engine.instance import Act
    from engine.store import Changes, Instance
    from engine.user_task import UserTask
    from engine.variables import Value

_CODES = {
    Bar.DECISION: "correction_of_decision",
    Bar.OVERWRITTEN: "correction_of_overwritten",
    Bar.GONE: "correction_of_gone",
    Bar.NUMBERED: "correction_of_number",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The values of all open fields of a form as they should have been, and why."""

    values: Mapping[str, Value]
    reason: str


def correcting_post(task: UserTask, actor: Actor) -> Post:
    """Give the post in which the actor may correct what was sent: one that may do the step, or leads its lane.

    Raises what `permission.working_post` does.
    """
    permission.same_agency(task.agency, actor)
    leading = actor.find_leading_post(task.lane)
    if leading is not None:
        return actor.find_post(task.lane) or leading
    return permission.working_post(task, actor)


def expect_seen(found: Survey, revision: int) -> None:
    """Raise Conflict when a field was changed since, with who and when."""
    if found.revision != revision:
        raise Conflict(
            f"Expected the fields as of record {revision}, but {found.revision} changed them",
            code="correction_meanwhile",
            who="" if found.latest.by is None else found.latest.by.name,
            at=found.latest.at,
        )


def correct(
    instance: Instance, task: UserTask, correction: Correction, found: Survey, act: Act
) -> Changes:
    """Give fields of a sent form other values; number and subject of the case, and its agenda lines, follow.

    Raises InvalidSubmission for a barred field with another value, for nothing that differs, and with all problems of the
    form.
    """
    values = correction.values
    _expect_free(found, values)
    taken = found.form.submit_json(
        {key: value for key, value in values.items() if key not in found.barred},
        found.seen,
        today=act.at.astimezone(act.zone()).date(),
    )
    changed = {key: value for key, value in taken.items() if not equal(value, found.seen[key])}
    if not changed:
        raise InvalidSubmission(
            "Expected other values, but all are as before", code="correction_empty"
        )
    execution = case.load(instance, act)
    for scope in sorted({found.owners[key] for key in changed}):
        execution.correct(scope, {k: v for k, v in changed.items() if found.owners[k] == scope})
    booked = lettered.corrected(instance, task, {**found.seen, **changed}, act, found.home)
    event = SubmissionCorrected(task=task.id, reason=correction.reason)
    changes = case.settle(instance, execution, (event,), act)
    files = frozenset(digest for value in changed.values() for digest in files_within(value))
    return dataclasses.replace(changes, files=files, letters=booked.changes)


def _expect_free(found: Survey, values: Mapping[str, Value]) -> None:
    for key, bar in found.barred.items():
        if key in values and not equal(values[key], found.seen.get(key)):
            named = found.form.find_field(key)
            raise InvalidSubmission(
                f"Expected {key} as it is, but it is to be changed ({bar})",
                code=_CODES[bar],
                field=key if named is None else named.label,
            )
