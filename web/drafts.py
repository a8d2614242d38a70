"""Drafts as requests bring them: by the button, by the page itself now and then, and by a page whose session has ended.

A form that is sent when the session is over is not lost: the browser still sends the session's cookie, and the session is
known for some days although it opens nothing (`Sessions.find_ended`). When the form carries the CSRF token of that session,
it was sent from a page of the very person whose session it was, so it is kept as that person's draft, which nobody else
sees, and waits behind the next sign-in. The same holds for a page of an earlier session of somebody who has signed in again
elsewhere. Nothing is handed to the browser to be redeemed, so nothing can be redeemed by
somebody else; a page of another site can plant nothing, because its request brings neither cookie nor token. After signing
out there is no such session, and nothing is kept.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request, url_for

from engine.errors import CommandRejected, NotAllowed, WrongState
from engine.ids import UserTaskId, instance_of
from storage.queries.visibility import find_visible_case
from web.auth import FIELD, caller, session_cookie
from web.errors import log_refusal
from web.parts import parts
from web.task_view import get_task_view
from web.uploads import is_fragment, read_submission

if TYPE_CHECKING:
    from engine.actor import Actor
    from engine.form import RawSubmission
    from storage.drafts import Draft
    from web.task_hand import TaskOnDesk
    from web.task_view import TaskView

QUIET = "_diam"
"""The field that a page sends when it saves by itself: it wants a short answer, not a page."""

KEEPABLE = frozenset({"task.send", "draft.save"})
"""Endpoints whose form is kept when the session is over."""


def read_typed(page: TaskView) -> RawSubmission:
    """Give what the request's form holds, its files stored; raises WrongState for a task without a form."""
    if page.form is None:
        raise WrongState("Expected a task with a form, but it has none", code="draft_without_form")
    raw = read_submission(page.form, page.variables, page.reader.person)
    values = {name: texts for name, texts in raw.values.items() if name != QUIET}
    return replace(raw, values=values)


def keep(page: TaskOnDesk, raw: RawSubmission) -> Draft | None:
    """Keep what was typed as the reader's draft; None when the reader has sent the form meanwhile.

    Raises NotAllowed for somebody who could never have sent it, InvalidSubmission when it is too large.
    """
    if not page.can_draft:
        raise NotAllowed(
            f"Expected who may do {page.line.task}, but {page.reader.person} may not",
            code="not_allowed_lane",
        )
    return parts().drafts.save_draft(page.reader.person, page.line.task, raw)


def keep_of_ended_session() -> str | None:
    """Keep the form of this request, sent from a page whose session has ended, as its person's draft.

    Gives the address to go on at, after the sign-in if there is none yet; None when the request is something else, or nobody knows whose it is.
    """
    if request.endpoint not in KEEPABLE or is_fragment():  # a fragment's request leaves files out
        return None
    reader = _find_author()
    if reader is None:
        return None
    task = UserTaskId((request.view_args or {})["task_id"])
    if parts().database.read(lambda c: find_visible_case(c, reader, instance_of(task))) is None:
        return None
    try:
        page = get_task_view(task, reader)
        keep(page, read_typed(page))
    except CommandRejected as error:
        log_refusal(error)
        return None
    return url_for("task.show", task_id=task, kabar="terputus", id=task)


def _find_author() -> Actor | None:
    sent, now = request.form.get(FIELD, ""), caller()
    if now is not None:
        is_theirs = parts().sessions.is_token_of(now.actor.person, sent)
        return now.actor if is_theirs else None
    token = session_cookie()
    ended = parts().sessions.find_ended(token) if token else None
    if ended is None:
        return None
    return ended.actor if hmac.compare_digest(sent.encode(), ended.csrf.encode()) else None
