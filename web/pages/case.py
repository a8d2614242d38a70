"""One case: timeline, data, comments, the cases linked to it, and the drawing with the path taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.actor import Role
from engine.errors import AlurError, Conflict, InvalidSubmission, NotFound, WrongState
from engine.ids import InstanceId, PersonId, UserTaskId
from engine.store import InstanceState
from storage.queries.case import find_case_file
from storage.queries.cases import case_rows
from storage.queries.linked import list_linked
from web import back
from web.answer_view import list_answers
from web.auth import actor
from web.case_view import view_of
from web.errors import log_refusal
from web.file_view import files_of
from web.incident_view import list_incident_views, list_retry_views, list_work_views
from web.input import request_id, revision
from web.news import find_news
from web.parts import parts
from web.permissions import ROUTES, admits
from web.places import place_view
from web.steps import list_steps
from web.timeline import list_entries
from web.waiting import list_wait_views
from web.words import explain

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from web.case_view import CaseView
    from web.places import PlaceView

CANCELLERS = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that are offered to cancel a case, beside the lanes that may start one; the engine decides."""

NOBODY = PersonId("")
"""In place of a reader: on paper everybody is called by name."""

case = Blueprint("case", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What was typed into a form of this page that was refused, and why."""

    form: str
    text: str
    sentence: str


@case.get("/perkara/<case_id>")
def show(case_id: str) -> str:
    """Show the case."""
    return _render(InstanceId(case_id))


@case.post("/perkara/<case_id>/batal")
def cancel(case_id: str) -> Response | tuple[str, int]:
    """Cancel the case for a reason."""
    reason = request.form.get("alasan", "").strip()
    try:
        parts().runtime.cancel(
            InstanceId(case_id),
            reason,
            actor=actor(),
            request=request_id(),
            revision=revision(),
        )
    except InvalidSubmission as error:
        return _refused(InstanceId(case_id), "batal", reason, error)
    except (Conflict, WrongState) as error:  # the page shows who did what meanwhile
        return _refused(InstanceId(case_id), "batal", reason, error, 409)
    return redirect(url_for("case.show", case_id=case_id, kabar="batal", id=case_id), 303)


@case.post("/perkara/<case_id>/catatan")
def comment(case_id: str) -> Response | tuple[str, int]:
    """Write a comment, and go back to the page it was written on: the case's, or a task's."""
    text, task = request.form.get("catatan", ""), request.form.get("tugas", "")
    try:
        parts().runtime.comment(
            InstanceId(case_id),
            text,
            actor=actor(),
            request=request_id(),
            task=UserTaskId(task) if task else None,
        )
    except InvalidSubmission as error:
        return _refused(InstanceId(case_id), "catatan", text, error)
    if task:
        return redirect(f"{back.to_task(task, kabar='catatan', id=task)}#catatan", 303)
    goal = url_for("case.show", case_id=case_id, kabar="catatan", id=case_id)
    return redirect(goal, 303)


@case.get("/perkara/<case_id>/cetak")
def paper(case_id: str) -> str:
    """Show the case for paper: all data and the whole timeline, each act with all that it did."""
    view = _view(InstanceId(case_id))
    return render_template(
        "pages/case_paper.html",
        view=view,
        entries=list_entries(view, NOBODY),
        items=view.current_items(),
        files=files_of(view.current_items()),
        places=_places(view),
        waits=list_wait_views(view),
        now=parts().clock.now(),
    )


def _refused(
    case_id: InstanceId, form: str, text: str, error: AlurError, status: int = 422
) -> tuple[str, int]:
    log_refusal(error)
    return _render(case_id, Refused(form=form, text=text, sentence=explain(error))), status


def _render(case_id: InstanceId, refused: Refused | None = None) -> str:
    view, caller = _view(case_id), actor()
    items = view.current_items()
    return render_template(
        "pages/case.html",
        view=view,
        entries=list_entries(view, caller.person),
        items=items,
        files=files_of(items),
        places=_places(view),
        waits=list_wait_views(view),
        incidents=list_incident_views(view, caller),
        works=list_work_views(view, caller),
        retries=list_retry_views(view),
        answers=list_answers(view, caller),
        linked=parts().database.read(lambda c: list_linked(c, caller, case_id)),
        place_view=place_view,
        steps=list_steps(view, caller.person),
        may_cancel=_may_cancel(view),
        may_comment=Role.AUDITOR not in caller.roles,
        may_try=admits(ROUTES["expressions.index"], caller),
        refused=refused,
        news=find_news(),
    )


def _view(case_id: InstanceId) -> CaseView:
    file = parts().database.read(lambda c: find_case_file(c, case_id))
    if file is None:
        raise NotFound(f"Expected a case {case_id}, but there is none", code="not_found")
    return view_of(file, parts().runtime.program)


def _places(view: CaseView) -> list[PlaceView]:
    """Give where the case rests, as every list shows it."""
    (row,) = parts().database.read(lambda c: case_rows(c, [view.file.head.case]))
    return [place_view(place) for place in row.places]


def _may_cancel(view: CaseView) -> bool:
    head, caller = view.file.head, actor()
    if head.state is not InstanceState.RUNNING:
        return False
    return bool(caller.roles & CANCELLERS or (caller.lanes | caller.led_lanes) & head.starters)
