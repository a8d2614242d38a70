"""One task: what came before, the form, and the things that can be done with it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import (
    AlurError,
    CommandRejected,
    Conflict,
    ExecutionFailed,
    InvalidSubmission,
    WrongState,
)
from engine.form import RawSubmission
from engine.ids import RequestId, UserTaskId
from storage.errors import StorageFailed
from storage.queries.next_task import find_next_task
from web import back
from web.auth import actor
from web.drafts import keep
from web.errors import escaped, log_refusal
from web.file_view import list_previews
from web.forms import changed_rows
from web.input import request_id, revision
from web.letter_task import is_asked, problems_of, take_number
from web.news import find_news
from web.parts import parts
from web.steps import list_steps
from web.task_hand import find_task_at_hand
from web.task_view import get_task_view, typed_texts
from web.timeline import list_entries, shortened
from web.uploads import is_fragment, office_day, read_submission
from web.wishes import office_zone
from web.words import explain, sentence

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.variables import Value
    from web.form_view import FilledForm
    from web.task_hand import TaskAtHand
    from web.task_view import TaskView, TypedText

task = Blueprint("task", __name__)

_UNSAVED, _UNSENT = "Konsep belum tersimpan", "Belum terkirim"

Answer = tuple[str, int]

_log = logging.getLogger("alur.web")


@task.get("/tugas/<task_id>")
def show(task_id: str) -> str:
    """Show the task: with its form to who may send it, for reading to the others."""
    page = get_task_view(UserTaskId(task_id), actor())
    _note_first_look(page)
    return render_task(page, page.fresh() if page.can_send else None)


@task.post("/tugas/<task_id>")
def send(task_id: str) -> Response | Answer:
    """Send the form and go on to the next task; a form with mistakes comes back as it was sent."""
    hand = None if is_fragment() else find_task_at_hand(UserTaskId(task_id), actor())
    if hand is None:
        return _send_from(get_task_view(UserTaskId(task_id), actor()))
    raw = read_submission(hand.form, hand.variables, hand.reader.person)
    if changed_rows(hand.form, raw, request.form) is None:
        submission = hand.form.read(raw, hand.variables, today=office_day())
        if not submission.errors:
            return _complete(hand, submission.values, raw)
    return _answer(get_task_view(hand.line.task, hand.reader), raw)


def _send_from(page: TaskView) -> Response | Answer:
    """Send the form of a task whose page says whether it can be sent, and with which number."""
    if page.form is None:
        nothing = RawSubmission()
        return _fragment(page, nothing) if is_fragment() else _complete(page, {}, nothing)
    raw = read_submission(page.form, page.variables, page.reader.person)
    return _fragment(page, raw) if is_fragment() else _answer(page, raw)


def _answer(page: TaskView, raw: RawSubmission) -> Response | Answer:
    """Show the form again where it was sent for that, or has mistakes; else send it."""
    if page.form is None:
        return _complete(page, {}, raw)
    if (changed := changed_rows(page.form, raw, request.form)) is not None and page.can_send:
        return render_task(page, page.filled(changed, ())), 200
    if is_asked() and page.can_send:
        return _numbered(page, raw)
    submission = page.form.read(raw, page.variables, today=office_day())
    # Who may not send (any more) is told so by the command, whatever is wrong with the form.
    if submission.errors and page.can_send:
        return render_task(page, page.filled(submission.raw, submission.errors)), 422
    return _complete(page, submission.values, submission.raw)


def _fragment(page: TaskView, raw: RawSubmission) -> Answer:
    """Give the form alone, as it is with what was typed so far: nothing is checked, stored or sent."""
    if not page.can_send or page.form is None:
        return "", 409
    return render_template(
        "components/fragment.html",
        filled=page.filled(replace(raw, appearing=None), ()),
        file_address=lambda file: url_for(
            "case_files.download", case_id=page.view.file.head.case, digest=file.digest
        ),
    ), 200


@task.post("/tugas/<task_id>/ambil")
def claim(task_id: str) -> Response:
    """Take the task."""
    parts().runtime.claim(
        UserTaskId(task_id), actor=actor(), request=request_id(), revision=revision()
    )
    return redirect(back.to_task(task_id, kabar="diambil", id=task_id), 303)


def render_task(
    page: TaskView, filled: FilledForm | None, refusal: str = "", refused: str = _UNSAVED
) -> str:
    """Show a task with its form as filled; `refusal` is a sentence about the form as a whole, under what was `refused`."""
    entries = list_entries(page.view, page.reader.person)
    return render_template(
        "pages/task.html",
        page=page,
        filled=filled,
        refusal=refusal,
        refused=refused,
        typed=[] if filled else _drafted_texts(page),
        steps=list_steps(page.view, page.reader.person),
        entries=shortened(entries),
        previews=list_previews(page.files) if page.line.is_open else [],
        news=find_news(),
    )


def _note_first_look(page: TaskView) -> None:
    """Let the history say that the task was seen; a page that is only fetched ahead, or can't be noted, is shown all the same."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if not page.is_first_look or ahead or request.method != "GET":
        return
    request_id_ = RequestId(parts().ids.new())
    try:
        parts().runtime.open_task(page.line.task, actor=page.reader, request=request_id_)
    except (CommandRejected, StorageFailed) as error:
        _log.warning("first look not noted task=%s: %s", page.line.task, escaped(error))


def _complete(
    page: TaskView | TaskAtHand, values: dict[str, Value], raw: RawSubmission
) -> Response | Answer:
    task_id = page.line.task
    try:
        case = parts().runtime.complete(
            task_id, values, actor=actor(), request=request_id(), revision=revision()
        )
    except (Conflict, WrongState) as error:
        log_refusal(error)
        return _lost(page, error, raw), 409
    except InvalidSubmission as error:
        log_refusal(error)
        now = get_task_view(task_id, page.reader)
        return render_task(now, now.filled(raw, problems_of(error))), 422
    except ExecutionFailed as error:
        log_refusal(error)  # the case can't go on with these values: what was typed stays
        now = get_task_view(task_id, page.reader)
        said = explain(error, office_zone())
        return render_task(now, now.filled(raw, ()), said, _UNSENT), 409
    parts().drafts.drop_draft(page.reader.person, task_id)
    following = parts().database.read(lambda c: find_next_task(c, page.reader, case))
    if following is None:
        return redirect(back.to_list(kabar="selesai", id=task_id), 303)
    return redirect(back.to_task(following, kabar="selesai", id=task_id), 303)


def _numbered(page: TaskView, raw: RawSubmission) -> Answer:
    """Show the form as it was sent, with the number that was taken, or with what it lacks for one."""
    try:
        problems = take_number(page, raw)
    except (Conflict, WrongState) as error:
        log_refusal(error)
        return _lost(page, error, raw), 409
    now = get_task_view(page.line.task, page.reader)
    return render_task(now, now.filled(raw, problems)), 422 if problems else 200


def _lost(before: TaskView | TaskAtHand, error: AlurError, raw: RawSubmission) -> str:
    """Show why nothing was sent, with everything that was typed kept as a draft and shown for copying."""
    typed = typed_texts(before.form, raw) if before.form else []
    is_kept = bool(typed) and _is_kept(before, raw)
    page = get_task_view(before.line.task, before.reader)
    return render_template(
        "pages/task_lost.html",
        page=page,
        reason=sentence("task_expired") if page.has_expired else explain(error, office_zone()),
        typed=typed,
        is_kept=is_kept,
        entries=shortened(list_entries(page.view, page.reader.person)),
    )


def _is_kept(page: TaskView | TaskAtHand, raw: RawSubmission) -> bool:
    try:
        return keep(page, raw) is not None
    except CommandRejected as error:
        log_refusal(error)
        return False


def _drafted_texts(page: TaskView) -> list[TypedText]:
    """Give the draft for copying, where it can't be sent any more."""
    if page.draft is None or page.form is None:
        return []
    raw = RawSubmission(values=page.draft.values, files=page.draft.files)
    return typed_texts(page.form, raw)
