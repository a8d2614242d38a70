"""*Menunggu tanggapan*: what waits for an answer from outside, and the page that records one that came by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AlurError, InvalidSubmission, NotFound, WrongState
from engine.firing import Place
from engine.ids import InstanceId
from engine.recording import Answer
from storage.queries.case import find_case_file
from storage.queries.waiting import list_waiting
from web.answer_view import find_answer, get_past_form, gone, list_answers, list_reportable
from web.auth import actor
from web.case_view import view_of
from web.errors import log_refusal
from web.forms import PARTY
from web.input import page_number, request_id
from web.news import find_news
from web.parts import parts
from web.task_view import typed_texts
from web.uploads import office_day, read_submission
from web.waiting import event_name
from web.wishes import office_zone
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from engine.form import Form, Submission
    from engine.variables import Value
    from storage.queries.waiting import WaitingRow
    from web.answer_view import AnswerView
    from web.case_view import CaseView
    from web.form_view import FilledForm

answers = Blueprint("answers", __name__)

Sent = tuple[str, int]


@answers.get("/menunggu")
def index() -> str:
    """Show what waits for an answer that the reader may record."""
    reader, number = actor(), page_number()
    found = parts().database.read(lambda c: list_waiting(c, reader, number))
    return render_template(
        "pages/answers/index.html",
        page=found.page,
        works=list_reportable(reader),
        rows=[(row, _name(row), _party(row)) for row in found.rows],
        now=parts().clock.now(),
    )


@answers.get("/perkara/<case_id>/tanggapan")
def choose(case_id: str) -> Response | str:
    """Let the reader choose which of the answers that the case waits for came; a single one is chosen already."""
    view = _case(case_id)
    found = list_answers(view, actor())
    if len(found) == 1:
        wait = found[0].wait
        where = url_for("answers.show", case_id=case_id, token_id=wait.token, element=wait.element)
        return redirect(where, 303)
    return render_template("pages/answers/choose.html", view=view, answers=found)


@answers.get("/perkara/<case_id>/tanggapan/<int:token_id>/<element>")
def show(case_id: str, token_id: int, element: str) -> str:
    """Ask what the answer says."""
    view, place = _case(case_id), Place(token=token_id, element=element)
    answer = find_answer(view, actor(), place)
    if answer is None:
        raise gone(place)
    return _page(view, answer, answer.fresh() if answer.may_record else None, None)


@answers.post("/perkara/<case_id>/tanggapan/<int:token_id>/<element>")
def record(case_id: str, token_id: int, element: str) -> Response | Sent:
    """Record it, and go back to the case; a form with mistakes comes back as it was typed."""
    view, place = _case(case_id), Place(token=token_id, element=element)
    answer = find_answer(view, actor(), place)
    if answer is None:
        return _too_late(view, place)
    submission = _read(answer.form, answer.variables)
    party = request.form.get(PARTY, answer.party)
    if submission.errors and answer.may_record:
        return _page(view, answer, answer.filled(submission.raw, submission.errors), party), 422
    try:
        return _recorded(view, place, submission, party)
    except InvalidSubmission as error:
        log_refusal(error)
        return _page(view, answer, answer.filled(submission.raw, ()), party, error), 422
    except WrongState as error:
        log_refusal(error)
        return _lost(view, answer.form, submission, error)


def _too_late(view: CaseView, place: Place) -> Response | Sent:
    """Answer who sends a letter that is not waited for any more: as before when it was this very one."""
    form = get_past_form(view, place)
    submission = _read(form, {})
    try:
        return _recorded(view, place, submission, "")
    except WrongState as error:
        log_refusal(error)
        return _lost(view, form, submission, error)


def _read(form: Form, variables: Mapping[str, Value]) -> Submission:
    raw = read_submission(form, variables, actor().person)
    return form.read(raw, variables, today=office_day())


def _recorded(view: CaseView, place: Place, submission: Submission, party: str) -> Response:
    case = view.file.head.case
    told = Answer(token=place.token, element=place.element, values=submission.values, party=party)
    parts().runtime.record_answer(case, told, actor=actor(), request=request_id())
    return redirect(url_for("case.show", case_id=case, kabar="tanggapan", id=case), 303)


def _lost(view: CaseView, form: Form, submission: Submission, error: AlurError) -> Sent:
    """Show why nothing was recorded, with everything that was typed for copying."""
    page = render_template(
        "pages/answers/lost.html",
        view=view,
        typed=typed_texts(form, submission.raw),
        reason=explain(error, office_zone()),
    )
    return page, 409


def _page(
    view: CaseView,
    answer: AnswerView,
    filled: FilledForm | None,
    party: str | None,
    refusal: AlurError | None = None,
) -> str:
    case = view.file.head.case
    return render_template(
        "pages/answers/record.html",
        view=view,
        answer=answer,
        filled=filled,
        party=party,
        refusal=explain(refusal, office_zone()) if refusal else "",
        file_address=lambda file: url_for("case_files.download", case_id=case, digest=file.digest),
        news=find_news(),
    )


def _case(case_id: str) -> CaseView:
    file = parts().database.read(lambda c: find_case_file(c, InstanceId(case_id)))
    if file is None:
        raise NotFound(f"Expected a case {case_id}, but there is none", code="not_found")
    return view_of(file, parts().runtime.program)


def _name(row: WaitingRow) -> str:
    process = parts().runtime.program(row.definition).process
    return event_name(process.elements[row.element], process)


def _party(row: WaitingRow) -> str:
    process = parts().runtime.program(row.definition).process
    element = process.elements[row.element]
    return process.party_of(process.elements.get(element.attached_to, element))
