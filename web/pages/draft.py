"""*Simpan dulu*: what was typed for a task is kept for its writer, not validated and not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, request

from engine.errors import InvalidSubmission
from engine.ids import UserTaskId
from web import back
from web.auth import actor
from web.drafts import QUIET, keep, read_typed
from web.errors import log_refusal
from web.form_words import problem_text
from web.forms import KEPT
from web.i18n import _, weekday_moment
from web.pages.task import render_task
from web.parts import parts
from web.task_view import get_task_view
from web.wishes import office_zone
from web.words import explain

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from engine.form import RawSubmission
    from storage.drafts import Draft

draft = Blueprint("draft", __name__)


@draft.post("/tugas/<task_id>/konsep")
def save(task_id: str) -> AnyResponse | tuple[str | Response, int]:
    """Keep what was typed, and show the task again; a page that saves by itself gets a short answer."""
    page = get_task_view(UserTaskId(task_id), actor())
    raw = read_typed(page)
    is_quiet = QUIET in request.form
    try:
        kept = keep(page, raw)
    except InvalidSubmission as error:
        log_refusal(error)
        if is_quiet:
            return jsonify(kata=explain(error)), 422
        return render_task(page, page.filled(raw, ()), refusal=explain(error)), 422
    if is_quiet:
        return _briefly(raw, kept)
    if raw.refused:
        return render_task(page, page.filled(raw, ())), 422
    if raw.refused:  # a file that was not taken is said, whatever else was kept
        return render_task(page, page.filled(raw, ())), 422
    news = {"kabar": "konsep", "id": task_id} if kept else {}
    return redirect(back.to_task(task_id, **news), 303)


@draft.post("/tugas/<task_id>/konsep/buang")
def drop(task_id: str) -> AnyResponse:
    """Forget the draft, and show the task as it is without."""
    parts().drafts.drop_draft(actor().person, UserTaskId(task_id))
    return redirect(back.to_task(task_id, kabar="konsep_dibuang", id=task_id), 303)


def _briefly(raw: RawSubmission, kept: Draft | None) -> Response:
    """Tell the page when it was saved, and by which digests it can name the files that it brought."""
    if kept is None:
        return jsonify(kata="", berkas={})
    moment = weekday_moment(kept.saved_at, parts().clock.now(), office_zone())
    files = {
        name: [f.digest for f in chosen if f.digest not in request.form.getlist(KEPT + name)]
        for name, chosen in raw.files.items()
    }
    sentences = [_("Konsep tersimpan: {moment}.").format(moment=moment)]
    sentences += [problem_text(problem) for problem in raw.refused.values()]
    return jsonify(kata=" ".join(sentences), berkas=files)
