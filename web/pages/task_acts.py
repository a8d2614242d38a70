"""What can be done with a task besides doing it: take it from a colleague, hand it back, put it aside.

Each is a small page of its own that says what will happen, and then the act. Giving it to somebody is in `web/pages/bulk.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request

from engine.errors import InvalidSubmission, NotFound
from engine.form import moment_words
from engine.ids import UserTaskId
from engine.permission import OVERSEERS
from storage.queries.task_rows import rows_of
from storage.queries.visibility import is_for
from web import back
from web.auth import actor
from web.errors import log_refusal
from web.input import request_id, revision
from web.parts import parts
from web.wishes import office_zone, seen_now
from web.words import explain

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.actor import Actor
    from engine.errors import AlurError
    from engine.ids import LaneId
    from storage.queries.case import TaskLine
    from storage.queries.task_rows import TaskRow

task_acts = Blueprint("task_acts", __name__)

Answer = tuple[str, int]


@task_acts.app_template_global("acts_of")
def acts_of(line: TaskLine) -> frozenset[str]:
    """Give which acts the caller is offered for a task: `tunda`, `kembalikan`, `ambil-alih`, `tugaskan`; the engine decides."""
    if not line.is_open:
        return frozenset()
    caller = actor()
    offered = parts().database.read(lambda c: is_for(c, caller, line.task))
    found = {"tugaskan"} if offered or _leads(caller, line.lane) else set[str]()
    if line.holder == caller.person and line.lane in caller.lanes:
        found |= {"tunda", "kembalikan", "tugaskan"}
    elif line.holder is not None and offered:
        found.add("ambil-alih")
    return frozenset(found)


@task_acts.get("/tugas/<task_id>/ambil-alih")
def take_over_page(task_id: str) -> str:
    """Ask before a task is taken from a colleague's desk."""
    return render_template("pages/take_over.html", row=_get(task_id), is_mine=_is_mine)


@task_acts.post("/tugas/<task_id>/ambil-alih")
def take_over(task_id: str) -> Response:
    """Take it, and go to the task."""
    parts().runtime.take_over(
        UserTaskId(task_id), actor=actor(), request=request_id(), revision=revision()
    )
    return redirect(back.to_task(task_id, kabar="diambil_alih", id=task_id), 303)


@task_acts.get("/tugas/<task_id>/kembalikan")
def hand_back_page(task_id: str) -> str:
    """Ask for the reason for which a task is handed back."""
    return _hand_back_page(task_id)


@task_acts.post("/tugas/<task_id>/kembalikan")
def hand_back(task_id: str) -> Response | Answer:
    """Put the task on the lane's desk again, and go back to the list."""
    reason = request.form.get("alasan", "").strip()
    try:
        parts().runtime.unclaim(
            UserTaskId(task_id), reason, actor=actor(), request=request_id(), revision=revision()
        )
    except InvalidSubmission as error:
        log_refusal(error)
        return _hand_back_page(task_id, reason, error), 422
    return redirect(back.to_list(kabar="dikembalikan", id=task_id), 303)


@task_acts.get("/tugas/<task_id>/tunda")
def postpone_page(task_id: str) -> str:
    """Ask for the day until which a task is put aside."""
    return _postpone_page(task_id, _get(task_id).follow_up)


@task_acts.post("/tugas/<task_id>/tunda")
def postpone(task_id: str) -> Response | Answer:
    """Put the task aside until the day, or take it up again now, and go back to the list."""
    text = "" if "sekarang" in request.form else request.form.get("sampai", "").strip()
    try:
        until = None if "sekarang" in request.form else _day(text)
        parts().runtime.postpone(
            UserTaskId(task_id), until, actor=actor(), request=request_id(), revision=revision()
        )
    except InvalidSubmission as error:
        log_refusal(error)
        return _postpone_page(task_id, text, error), 422
    told = "ditunda" if until else "tidak_ditunda"
    return redirect(back.to_list(kabar=told, id=task_id), 303)


def _hand_back_page(task_id: str, reason: str = "", refusal: AlurError | None = None) -> str:
    return render_template(
        "pages/hand_back.html", row=_get(task_id), reason=reason, refusal=_told(refusal)
    )


def _postpone_page(task_id: str, day: str, refusal: AlurError | None = None) -> str:
    tomorrow = date.fromisoformat(seen_now().today) + timedelta(days=1)
    return render_template(
        "pages/postpone.html",
        row=_get(task_id),
        day=day,
        tomorrow=tomorrow.isoformat(),
        day_words=moment_words,
        refusal=_told(refusal),
    )


def _leads(caller: Actor, lane: LaneId) -> bool:
    return bool(caller.roles & OVERSEERS) or lane in caller.led_lanes


def _told(refusal: AlurError | None) -> str:
    return explain(refusal, office_zone()) if refusal else ""


def _get(task_id: str) -> TaskRow:
    caller = actor()
    found = parts().database.read(lambda c: rows_of(c, caller, (UserTaskId(task_id),)))
    if not found:
        raise NotFound(f"Expected a task {task_id}, but there is none", code="not_found")
    return found[0]


def _is_mine(row: TaskRow) -> bool:
    return row.holder == actor().person


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidSubmission(
            f"Expected a day, but found {text[:20]!r}", code="follow_up_shape"
        ) from error
