"""*Pemberitahuan*: what was told to a person; and for the administrator, what could not be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.actor import Role
from engine.ids import InstanceId, JobId, NoticeId, UserTaskId, instance_of
from storage.queries.jobs import count_failed, list_failed
from storage.queries.notices import MOST_COUNTED, count_unread, list_notices
from web.auth import actor, caller
from web.i18n import _
from web.input import page_number
from web.mail_text import destination
from web.notice_words import JOBS, notice_remark, notice_sentence
from web.parts import parts
from web.words import SENTENCES, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

    from storage.queries.notices import NoticeRow

notices = Blueprint("notices", __name__)


def register_bell(app: Flask) -> None:
    """Let the app's pages have the bell, and let opening a task or a case mark what led there as read."""
    app.jinja_env.globals["unread_notices"] = _unread
    app.before_request(_mark_opened)


@notices.get("/pemberitahuan")
def index() -> str:
    """Show a page of the notices."""
    reader, number = actor(), page_number()
    found = parts().database.read(lambda c: list_notices(c, reader, number))
    return render_template(
        "pages/notices.html",
        found=found,
        said=_said,
        remark=notice_remark,
        leads_to=_leads_to,
        failed=_count_failed(),
    )


@notices.post("/pemberitahuan/dibaca")
def read_all() -> Response:
    """Mark all as read."""
    parts().notices.mark_read(actor().person)
    return _back("notices.index")


@notices.post("/pemberitahuan/<notice_id>/dibaca")
def read(notice_id: str) -> Response:
    """Mark one as read."""
    parts().notices.mark_read(actor().person, NoticeId(notice_id))
    return _back("notices.index")


@notices.get("/pekerjaan-gagal")
def failed() -> str:
    """Show what could not be sent or done, with its reason."""
    reader, number = actor(), page_number()
    found = parts().database.read(lambda c: list_failed(c, reader, number))
    return render_template("pages/failed_jobs.html", found=found, names=JOBS, reason=_reason)


@notices.post("/pekerjaan-gagal/<job_id>/ulang")
def begin_anew(job_id: str) -> Response:
    """Try again."""
    parts().jobs.begin_anew(JobId(job_id), actor().agency)
    parts().alarm.ring()
    return _back("notices.failed")


@notices.post("/pekerjaan-gagal/<job_id>/hapus")
def drop(job_id: str) -> Response:
    """Forget it."""
    parts().jobs.drop_failed(JobId(job_id), actor().agency)
    return _back("notices.failed")


def _unread() -> str:
    """Give the count of the bell, empty when there is nothing."""
    found = caller()
    if found is None:
        return ""
    number = parts().database.read(lambda c: count_unread(c, found.actor.person))
    if number >= MOST_COUNTED:
        return f"{MOST_COUNTED - 1}+"
    return str(number or "")


def _mark_opened() -> None:
    if request.method != "GET" or request.endpoint not in ("task.show", "case.show"):
        return
    asked = request.view_args or {}
    task = UserTaskId(asked["task_id"]) if "task_id" in asked else None
    case = instance_of(task) if task else InstanceId(asked["case_id"])
    parts().notices.mark_opened(actor().person, case, task)


def _said(row: NoticeRow) -> str:
    found = caller()
    return notice_sentence(row, found.agency.zone) if found else ""


def _leads_to(row: NoticeRow) -> str:
    endpoint, values = destination(row)
    build: Callable[..., str] = url_for
    return build(endpoint, **values)


def _count_failed() -> int:
    reader = actor()
    if Role.ADMINISTRATOR not in reader.roles:
        return 0
    return parts().database.read(lambda c: count_failed(c, reader.agency))


def _reason(code: str) -> str:
    return sentence(code) if code in SENTENCES else _("Tanpa keterangan.")


def _back(endpoint: str) -> Response:
    number = request.form.get("halaman", "")
    return redirect(url_for(endpoint, halaman=number if number.isdigit() else None), 303)
