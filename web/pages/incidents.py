"""*Kendala*: what can't go on without a person, and the pages that mend it; and work reported as done outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.done_outside import WorkReport
from engine.errors import Conflict, InvalidSubmission, NotFound, WrongState
from engine.firing import Place
from engine.form import RawSubmission
from engine.ids import IncidentId, InstanceId
from storage.queries.case import find_case_file
from storage.queries.incidents import count_incidents, list_incidents, list_of_case
from web.auth import actor, caller
from web.case_view import view_of
from web.errors import log_refusal
from web.incident_view import get_work_view, incident_view
from web.input import page_number, request_id
from web.parts import parts
from web.permissions import ROUTES, admits
from web.uploads import office_day, read_submission
from web.wishes import office_zone
from web.words import explain

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from engine.errors import AlurError
    from engine.variables import Value
    from web.case_view import CaseView
    from web.form_view import FilledForm
    from web.incident_view import IncidentView, WorkView

incidents = Blueprint("incidents", __name__)

Answer = tuple[str, int]

REASON = "_alasan"
"""The field of the reason, beside those of a report."""


def register_count(app: Flask) -> None:
    """Let the app's pages say in the navigation how many incidents there are."""
    app.jinja_env.globals["count_incidents"] = _count


@incidents.get("/kendala")
def index() -> str:
    """Show the open incidents of the cases that the reader may see."""
    reader, number = actor(), page_number()
    found = parts().database.read(lambda c: list_incidents(c, reader, number))
    views = [incident_view(row, reader) for row in found.rows]
    return render_template("pages/incidents/index.html", page=found.page, views=views)


@incidents.post("/perkara/<case_id>/kendala/<incident_id>/ulang")
def retry(case_id: str, incident_id: str) -> Response:
    """Begin the failed work anew, and go back to where it was asked."""
    _get(case_id, incident_id)
    parts().runtime.retry_incident(IncidentId(incident_id), actor=actor(), request=request_id())
    parts().alarm.ring()
    if "daftar" in request.form:
        return redirect(url_for("incidents.index"), 303)
    return redirect(url_for("case.show", case_id=case_id, kabar="diulang", id=case_id), 303)


@incidents.get("/perkara/<case_id>/kendala/<incident_id>/hentikan")
def drop_page(case_id: str, incident_id: str) -> str:
    """Ask for the reason for which something that a case sent is given up."""
    return _drop_page(_get(case_id, incident_id))


@incidents.post("/perkara/<case_id>/kendala/<incident_id>/hentikan")
def drop(case_id: str, incident_id: str) -> Response | Answer:
    """Give it up, and go back to the case."""
    view, reason = _get(case_id, incident_id), request.form.get("alasan", "").strip()
    try:
        parts().runtime.drop_incident(view.row.id, reason, actor=actor(), request=request_id())
    except InvalidSubmission as error:
        log_refusal(error)
        return _drop_page(view, reason, error), 422
    return redirect(url_for("case.show", case_id=case_id, kabar="dihentikan", id=case_id), 303)


@incidents.get("/perkara/<case_id>/pekerjaan/<int:token_id>/<element>")
def report_page(case_id: str, token_id: int, element: str) -> str:
    """Ask what came of work that was done outside."""
    view = _case(case_id)
    work = get_work_view(view, Place(token=token_id, element=element))
    return _report_page(view, work, work.fresh())


@incidents.post("/perkara/<case_id>/pekerjaan/<int:token_id>/<element>")
def report(case_id: str, token_id: int, element: str) -> Response | Answer:
    """Report it as done, and go back to the case; a form with mistakes comes back as it was typed."""
    view = _case(case_id)
    work = get_work_view(view, Place(token=token_id, element=element))
    values: dict[str, Value] = {}
    raw = RawSubmission()
    if work.form is not None:
        raw = read_submission(work.form, work.variables, actor().person)
        submission = work.form.read(raw, work.variables, today=office_day())
        values, raw = submission.values, submission.raw
        if submission.errors:
            return _report_page(view, work, work.filled(raw, submission.errors)), 422
    return _reported(view, work, values, raw)


def _reported(
    view: CaseView, work: WorkView, values: dict[str, Value], raw: RawSubmission
) -> Response | Answer:
    case = view.file.head.case
    told = WorkReport(place=work.place, values=values, reason=request.form.get(REASON, ""))
    try:
        parts().runtime.report_work(case, told, actor=actor(), request=request_id())
    except InvalidSubmission as error:
        log_refusal(error)
        return _report_page(view, work, work.filled(raw, ()), error), 422
    except (Conflict, WrongState) as error:
        log_refusal(error)
        return _report_page(view, work, work.filled(raw, ()), error), 409
    return redirect(url_for("case.show", case_id=case, kabar="dilaporkan", id=case), 303)


def _report_page(
    view: CaseView, work: WorkView, filled: FilledForm | None, refusal: AlurError | None = None
) -> str:
    case = view.file.head.case
    return render_template(
        "pages/incidents/report.html",
        view=view,
        work=work,
        filled=filled,
        reason=request.form.get(REASON, ""),
        refusal=explain(refusal, office_zone()) if refusal else "",
        about_reason=refusal is not None and refusal.code.startswith("reason_"),
        file_address=lambda file: url_for("case_files.download", case_id=case, digest=file.digest),
    )


def _drop_page(view: IncidentView, reason: str = "", refusal: AlurError | None = None) -> str:
    return render_template(
        "pages/incidents/drop.html",
        incident=view,
        reason=reason,
        refusal=explain(refusal, office_zone()) if refusal else "",
    )


def _case(case_id: str) -> CaseView:
    file = parts().database.read(lambda c: find_case_file(c, InstanceId(case_id)))
    if file is None:
        raise NotFound(f"Expected a case {case_id}, but there is none", code="not_found")
    return view_of(file, parts().runtime.program)


def _get(case_id: str, incident_id: str) -> IncidentView:
    """Give an open incident of a case. Raises WrongState for one that is over, or of another case."""
    rows = parts().database.read(lambda c: list_of_case(c, InstanceId(case_id)))
    for row in rows:
        if row.id == incident_id:
            return incident_view(row, actor())
    raise WrongState(
        f"Expected an open incident {incident_id} of {case_id}, but there is none",
        code="incident_gone",
    )


def _count() -> int:
    found = caller()
    if found is None or not admits(ROUTES["incidents.index"], found.actor):
        return 0
    return parts().database.read(lambda c: count_incidents(c, found.actor))
