"""One task: what came before, the form, and the three things that can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import Conflict, NotFound, WrongState
from engine.form import RawSubmission
from engine.ids import UserTaskId, instance_of
from storage.queries.case import find_case_file
from storage.queries.next_task import find_next_task
from storage.queries.visibility import is_takeable
from web.auth import actor
from web.case_view import view_of
from web.errors import log_refusal
from web.forms import changed_rows
from web.input import request_id, revision
from web.news import find_news
from web.parts import parts
from web.steps import list_steps
from web.task_view import TaskView, typed_texts
from web.timeline import list_entries
from web.uploads import read_submission
from web.words import explain

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.variables import Value
    from web.form_view import FilledForm

task = Blueprint("task", __name__)

Answer = tuple[str, int]


@task.get("/tugas/<task_id>")
def show(task_id: str) -> str:
    """Show the task: with its form to who may send it, for reading to the others."""
    page = _open(UserTaskId(task_id))
    return _render(page, filled=page.fresh() if page.can_send else None)


@task.post("/tugas/<task_id>")
def send(task_id: str) -> Response | Answer:
    """Send the form and go on to the next task; a form with mistakes comes back as it was sent."""
    page = _open(UserTaskId(task_id))
    if page.form is None:
        return _complete(page, {}, RawSubmission())
    raw = read_submission(page.form, page.variables, page.reader.person)
    if (changed := changed_rows(page.form, raw, request.form)) is not None and page.can_send:
        return _render(page, filled=page.filled(changed, ())), 200
    submission = page.form.read(raw, page.variables)
    # Who may not send (any more) is told so by the command, whatever is wrong with the form.
    if submission.errors and page.can_send:
        return _render(page, filled=page.filled(submission.raw, submission.errors)), 422
    return _complete(page, submission.values, submission.raw)


@task.post("/tugas/<task_id>/ambil")
def claim(task_id: str) -> Response:
    """Take the task."""
    parts().runtime.claim(
        UserTaskId(task_id), actor=actor(), request=request_id(), revision=revision()
    )
    return redirect(url_for("task.show", task_id=task_id, kabar="diambil", id=task_id), 303)


@task.post("/tugas/<task_id>/lepas")
def unclaim(task_id: str) -> Response:
    """Put the task back."""
    parts().runtime.unclaim(
        UserTaskId(task_id), actor=actor(), request=request_id(), revision=revision()
    )
    return redirect(url_for("tasks.inbox", kabar="dilepas", id=task_id), 303)


def _open(task_id: UserTaskId) -> TaskView:
    caller, database = actor(), parts().database
    file = database.read(lambda c: find_case_file(c, instance_of(task_id)))
    takeable = database.read(lambda c: is_takeable(c, caller, task_id))
    line = file.find_task(task_id) if file else None
    if file is None or line is None:
        raise NotFound(f"Expected a task {task_id}, but there is none", code="not_found")
    view = view_of(file, parts().runtime.program)
    return TaskView(view=view, line=line, reader=caller, can_take=takeable)


def _complete(page: TaskView, values: dict[str, Value], raw: RawSubmission) -> Response | Answer:
    task_id = page.line.task
    try:
        case = parts().runtime.complete(
            task_id, values, actor=actor(), request=request_id(), revision=revision()
        )
    except (Conflict, WrongState) as error:
        log_refusal(error)
        return _lost(task_id, explain(error), raw), 409
    following = parts().database.read(lambda c: find_next_task(c, page.reader, case))
    if following is None:
        return redirect(url_for("tasks.inbox", kabar="selesai", id=task_id), 303)
    return redirect(url_for("task.show", task_id=following, kabar="selesai", id=task_id), 303)


def _lost(task_id: UserTaskId, reason: str, raw: RawSubmission) -> str:
    """Show why nothing was sent, with everything that was typed kept for copying."""
    page = _open(task_id)
    typed = typed_texts(page.form, raw) if page.form else []
    return render_template("pages/task_lost.html", page=page, reason=reason, typed=typed)


def _render(page: TaskView, filled: FilledForm | None) -> str:
    return render_template(
        "pages/task.html",
        page=page,
        filled=filled,
        steps=list_steps(page.view, actor().person),
        entries=list_entries(page.view, actor().person),
        news=find_news(),
    )
