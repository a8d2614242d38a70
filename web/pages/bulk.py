"""Acts on chosen tasks, one or many: take, give to somebody, finish. Each task has a result of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from engine.commands.many import MOST_TASKS, Chosen, Outcome
from engine.errors import InvalidSubmission, NotFound
from engine.ids import PersonId, UserTaskId
from storage.queries.standing import list_eligible
from storage.queries.task_rows import rows_of
from web import back
from web.auth import actor
from web.errors import log_refusal
from web.input import request_id
from web.parts import parts
from web.ready_forms import ready_forms
from web.wishes import office_zone
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from storage.queries.task_rows import TaskRow

bulk = Blueprint("bulk", __name__)

Answer = tuple[str, int]

_CHOICE = re.compile(r"([0-9a-z]{1,40}-[0-9]{1,9})\.([0-9]{1,9})")


_SAID = {
    "diambil": "{done} dari {all} tugas diambil",
    "ditugaskan": "{done} dari {all} tugas ditugaskan",
    "selesai": "{done} dari {all} tugas diselesaikan",
}
"""What an act on many came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one task, in words; `sentence` is empty when it was done."""

    row: TaskRow
    sentence: str


@bulk.post("/tugas/banyak")
def act() -> Response | Answer:
    """Take what was chosen, or go on to the page that asks to whom it is given or what is finished."""
    if "ambil" in request.form:
        return _take_one(_choices([request.form["ambil"]]))
    chosen = _choices(request.form.getlist("tugas"))
    match request.form.get("aksi"):
        case "ambil":
            return _take(chosen)
        case "tugaskan":
            return redirect(_page("bulk.assign_page", chosen), 303)
        case "selesaikan":
            return redirect(_page("bulk.complete_page", chosen), 303)
        case _:
            raise BadRequest


@bulk.get("/tugas/banyak/tugaskan")
def assign_page() -> str:
    """Ask to whom the chosen tasks are given."""
    return _assign_page(_choices(request.args.getlist("tugas")))


@bulk.post("/tugas/banyak/tugaskan")
def assign() -> Response | Answer:
    """Give the chosen tasks to a person."""
    chosen = _choices(request.form.getlist("tugas"))
    person, note = request.form.get("kepada", ""), request.form.get("catatan", "")
    if not person:
        return _assign_page(chosen, note=note, is_missing=True), 422
    rows = _rows(chosen)
    outcomes = parts().runtime.assign_many(
        _seen(chosen, rows), PersonId(person), actor=actor(), request=request_id(), note=note
    )
    if len(outcomes) == len(chosen) == 1 and outcomes[0].is_done:
        task = outcomes[0].task
        return redirect(back.to_list(kabar="ditugaskan", id=task), 303)
    return _results("ditugaskan", rows, outcomes)


@bulk.get("/tugas/banyak/selesaikan")
def complete_page() -> str:
    """Show which of the chosen tasks can be finished as they are, and which have to be opened."""
    rows = _rows(_choices(request.args.getlist("tugas")))
    return render_template("pages/complete_many.html", ready=ready_forms(rows), value_of=_value)


@bulk.post("/tugas/banyak/selesaikan")
def complete() -> Answer:
    """Finish the chosen tasks with their forms as they are; those that demand something are left for opening."""
    chosen = _choices(request.form.getlist("tugas"))
    rows = _rows(chosen)
    looked = {each.row.task: each for each in ready_forms(rows)}
    # a task that is over goes on to the engine, which says by whom, or that this very request finished it
    sent = [
        replace(one, values=looked[one.task].values)
        for one in _seen(chosen, rows)
        if looked[one.task].is_ready or not looked[one.task].row.is_open
    ]
    outcomes = (
        parts().runtime.complete_many(sent, actor=actor(), request=request_id()) if sent else ()
    )
    return _results("selesai", rows, (*outcomes, *_left(rows, outcomes)))


def _take_one(chosen: Sequence[Chosen]) -> Response:
    (outcome,) = parts().runtime.claim_many(
        _seen(chosen, _rows(chosen)), actor=actor(), request=request_id()
    )
    if outcome.refusal is not None:
        raise outcome.refusal
    task = outcome.task
    return redirect(back.to_task(task, kabar="diambil", id=task), 303)


def _take(chosen: Sequence[Chosen]) -> Answer:
    rows = _rows(chosen)
    outcomes = parts().runtime.claim_many(_seen(chosen, rows), actor=actor(), request=request_id())
    return _results("diambil", rows, outcomes)


def _choices(texts: Sequence[str]) -> list[Chosen]:
    """Read the tasks that were ticked, with the revisions that the page showed. Raises BadRequest, InvalidSubmission."""
    found = [_CHOICE.fullmatch(text) for text in texts]
    chosen = [Chosen(task=UserTaskId(match[1]), revision=int(match[2])) for match in found if match]
    if len(chosen) != len(texts):
        raise BadRequest
    if not chosen:
        raise InvalidSubmission("Expected tasks, but none was chosen", code="no_task_chosen")
    if len(chosen) > MOST_TASKS:
        raise InvalidSubmission(
            f"Expected at most {MOST_TASKS} tasks, but {len(chosen)} were chosen",
            code="too_many_tasks",
            limit=MOST_TASKS,
        )
    return chosen


def _rows(chosen: Sequence[Chosen]) -> tuple[TaskRow, ...]:
    """Give the chosen tasks that the caller may see. Raises NotFound when it is none of them."""
    caller, tasks = actor(), [one.task for one in chosen]
    rows = parts().database.read(lambda c: rows_of(c, caller, tasks))
    if not rows:
        raise NotFound("Expected tasks that the caller may see, but found none", code="not_found")
    return rows


def _seen(chosen: Sequence[Chosen], rows: Sequence[TaskRow]) -> list[Chosen]:
    """Leave out what the caller may not see: it is as if it were not there."""
    seen = {row.task for row in rows}
    return [one for one in chosen if one.task in seen]


def _left(rows: Sequence[TaskRow], outcomes: Sequence[Outcome]) -> list[Outcome]:
    told = {outcome.task for outcome in outcomes}
    return [
        Outcome(
            task=row.task,
            refusal=InvalidSubmission(
                f"Expected a form without demands, but {row.task} has some",
                code="task_needs_opening",
                task=row.name,
            ),
        )
        for row in rows
        if row.task not in told
    ]


def _assign_page(chosen: Sequence[Chosen], *, note: str = "", is_missing: bool = False) -> str:
    rows = [row for row in _rows(chosen) if row.is_open]
    caller, now = actor(), parts().clock.now()
    eligible = parts().database.read(lambda c: list_eligible(c, caller.agency, rows, now))
    return render_template(
        "pages/assign.html",
        rows=rows,
        eligible=eligible,
        note=note,
        is_missing=is_missing,
        value_of=_value,
    )


def _results(act: str, rows: Sequence[TaskRow], outcomes: Sequence[Outcome]) -> Answer:
    by_task = {row.task: row for row in rows}
    zone = office_zone()
    results = [
        Result(
            row=by_task[outcome.task],
            sentence=explain(outcome.refusal, zone) if outcome.refusal else "",
        )
        for outcome in outcomes
    ]
    for outcome in outcomes:
        if outcome.refusal is not None:
            log_refusal(outcome.refusal)
    done = sum(outcome.is_done for outcome in outcomes)
    page = render_template("pages/many_results.html", results=results, done=done, said=_SAID[act])
    return page, 200 if done or not outcomes else 409


def _page(endpoint: str, chosen: Sequence[Chosen]) -> str:
    fields = [("tugas", f"{one.task}.{one.revision}") for one in chosen]
    return f"{url_for(endpoint)}?{urlencode([*fields, *back.along().items()])}"


def _value(row: TaskRow) -> str:
    return f"{row.task}.{row.revision}"
