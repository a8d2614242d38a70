"""Tarik kembali and koreksi: each a page that says what will happen and asks for the reason, then the act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AlurError, Conflict, InvalidSubmission, NotFound, WrongState
from engine.history import UserTaskRetracted
from engine.ids import UserTaskId, instance_of
from web import back
from web.amends_view import get_correction, get_sent, list_offers
from web.auth import actor
from web.errors import log_refusal
from web.forms import REASON, changed_rows
from web.input import request_id, revision
from web.parts import parts
from web.task_view import typed_texts
from web.uploads import is_fragment, office_day, read_submission
from web.wishes import office_zone
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from engine.form import RawSubmission, StoredFile
    from engine.variables import Value
    from web.amends_view import CorrectionView, Offer
    from web.case_view import CaseView
    from web.form_view import FilledForm

amends = Blueprint("amends", __name__)

Answer = tuple[str, int]


@amends.app_template_global("amend_offers")
def amend_offers(view: CaseView, task: UserTaskId | None = None) -> list[Offer]:
    """Give the sent steps of a case (or the one of a task) that the caller may take back or correct."""
    return list_offers(view, actor(), task)


@amends.get("/tugas/<task_id>/tarik")
def retract_page(task_id: str) -> str:
    """Ask for the reason for which a sent step is taken back."""
    return _retract_page(task_id)


@amends.post("/tugas/<task_id>/tarik")
def retract(task_id: str) -> Response | Answer:
    """Take the step back, and go to where it waits again."""
    reason = request.form.get("alasan", "").strip()
    try:
        parts().runtime.retract(
            UserTaskId(task_id), reason, actor=actor(), request=request_id(), revision=revision()
        )
    except InvalidSubmission as error:
        log_refusal(error)
        return _retract_page(task_id, reason, error), 422
    except (Conflict, WrongState) as error:
        log_refusal(error)
        return _retract_page(task_id, reason, error), 409
    return redirect(back.to_task(_restored(task_id), kabar="ditarik", id=task_id), 303)


def _retract_page(task_id: str, reason: str = "", refusal: AlurError | None = None) -> str:
    sent = get_sent(UserTaskId(task_id), actor())
    hindrance, taken_away = "", []
    try:
        taken_away = sent.taken_away
    except WrongState as error:
        hindrance = explain(error, office_zone())
    return render_template(
        "pages/retract.html",
        sent=sent,
        taken_away=taken_away,
        hindrance=hindrance,
        reason=reason,
        refusal=explain(refusal, office_zone()) if refusal else "",
    )


def _restored(task_id: str) -> UserTaskId:
    """Give the task as which a step waits again."""
    records = get_sent(UserTaskId(task_id), actor()).view.file.records
    events = (record.event for record in records)
    taken_back = (e for e in events if isinstance(e, UserTaskRetracted) and e.task == task_id)
    return UserTaskId(next(taken_back).restored)


@amends.get("/perkara/<case_id>/koreksi/<task_id>")
def correct_page(case_id: str, task_id: str) -> str:
    """Show what was sent, to be corrected."""
    page = _correction(case_id, task_id)
    return _correct_page(page, page.fresh())


@amends.post("/perkara/<case_id>/koreksi/<task_id>")
def correct(case_id: str, task_id: str) -> Response | Answer:
    """Correct what was sent, and go back to the case; a form with mistakes comes back as it was typed."""
    page = _correction(case_id, task_id)
    form, reader = page.found.form, page.sent.reader
    raw = read_submission(form, page.found.seen, reader.person)
    if is_fragment():
        filled = page.filled(replace(raw, appearing=None), ())
        return render_template(
            "components/fragment.html", filled=filled, file_address=_file_address(case_id)
        ), 200
    if (changed := changed_rows(form, raw, request.form)) is not None:
        return _correct_page(page, page.filled(changed, ())), 200
    submission = form.read(raw, page.found.seen, today=office_day())
    if submission.errors:
        return _correct_page(page, page.filled(submission.raw, submission.errors)), 422
    return _corrected(page, submission.values, submission.raw)


def _corrected(
    page: CorrectionView, values: dict[str, Value], raw: RawSubmission
) -> Response | Answer:
    line, case = page.sent.line, page.sent.view.file.head.case
    try:
        parts().runtime.correct(
            line.task,
            values,
            request.form.get(REASON, ""),
            actor=page.sent.reader,
            request=request_id(),
            revision=revision(),
        )
    except InvalidSubmission as error:
        log_refusal(error)
        return _correct_page(page, page.filled(raw, ()), error), 422
    except (Conflict, WrongState) as error:
        log_refusal(error)
        return _overtaken(page, raw, error), 409
    return redirect(url_for("case.show", case_id=case, kabar="dikoreksi", id=line.task), 303)


def _correction(case_id: str, task_id: str) -> CorrectionView:
    if instance_of(UserTaskId(task_id)) != case_id:
        raise NotFound(f"Expected a task of {case_id}, but {task_id} is not", code="not_found")
    return get_correction(UserTaskId(task_id), actor())


def _correct_page(
    page: CorrectionView, filled: FilledForm, refusal: AlurError | None = None
) -> str:
    return render_template(
        "pages/correct.html",
        page=page,
        filled=filled,
        reason=request.form.get(REASON, ""),
        refusal=explain(refusal, office_zone()) if refusal else "",
        about_reason=refusal is not None and refusal.code.startswith("reason_"),
        file_address=_file_address(page.sent.view.file.head.case),
    )


def _overtaken(page: CorrectionView, raw: RawSubmission, error: AlurError) -> str:
    """Show why nothing was corrected, with everything that was typed kept for copying."""
    return render_template(
        "pages/correct_lost.html",
        sent=page.sent,
        refusal=explain(error, office_zone()),
        typed=typed_texts(page.found.form, raw),
        reason=request.form.get(REASON, ""),
    )


def _file_address(case: str) -> Callable[[StoredFile], str]:
    return lambda file: url_for("case_files.download", case_id=case, digest=file.digest)
