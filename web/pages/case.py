"""One case: timeline, data, files, and the drawing with the path taken."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for

from engine.actor import Role
from engine.errors import AlurError, InvalidSubmission, NotFound
from engine.ids import InstanceId
from engine.store import InstanceState
from storage.queries.case import find_case_content, find_case_file, find_file_name
from web.auth import actor
from web.case_view import view_of
from web.errors import log_refusal
from web.headers import DOWNLOAD_POLICY
from web.input import request_id, revision
from web.news import find_news
from web.parts import parts
from web.steps import list_steps
from web.timeline import list_entries
from web.words import explain

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from storage.queries.case import CaseFile
    from web.case_view import CaseView

CANCELLERS = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that are offered to cancel a case, beside the lanes that may start one; the engine decides."""

case = Blueprint("case", __name__)


@case.get("/perkara/<case_id>")
def show(case_id: str) -> str:
    """Show the case."""
    return _render(InstanceId(case_id))


@case.post("/perkara/<case_id>/batal")
def cancel(case_id: str) -> AnyResponse | tuple[str, int]:
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
        log_refusal(error)
        return _render(InstanceId(case_id), reason=reason, refusal=error), 422
    return redirect(url_for("case.show", case_id=case_id, kabar="batal", id=case_id), 303)


@case.get("/perkara/<case_id>/berkas/<digest>")
def download(case_id: str, digest: str) -> Response:
    """Give a file of the case to be saved, never to be opened in the page's place."""
    found = parts().database.read(lambda c: find_case_content(c, InstanceId(case_id), digest))
    name = find_file_name(_get_file(InstanceId(case_id)).records, digest)
    if found is None or name is None:
        raise NotFound(f"Expected a file {digest[:64]!r} of the case", code="not_found")
    response = Response(found.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _render(case_id: InstanceId, reason: str = "", refusal: AlurError | None = None) -> str:
    view = view_of(_get_file(case_id), parts().runtime.program)
    return render_template(
        "pages/case.html",
        view=view,
        entries=list_entries(view, actor().person),
        items=view.current_items(),
        steps=list_steps(view, actor().person),
        may_cancel=_may_cancel(view),
        reason=reason,
        refusal=explain(refusal) if refusal else "",
        news=find_news(),
    )


def _get_file(case_id: InstanceId) -> CaseFile:
    file = parts().database.read(lambda c: find_case_file(c, case_id))
    if file is None:
        raise NotFound(f"Expected a case {case_id}, but there is none", code="not_found")
    return file


def _may_cancel(view: CaseView) -> bool:
    head, caller = view.file.head, actor()
    if head.state is not InstanceState.RUNNING:
        return False
    return bool(caller.roles & CANCELLERS or caller.lanes & head.starters)
