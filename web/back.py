"""The way back to the list that somebody came from, with its filter, order and page: an address carried along in links and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request, url_for

from web.guard import is_local

if TYPE_CHECKING:
    from collections.abc import Mapping

BACK, BACK_FIELD = "kembali", "_kembali"
"""Where the address stands: in a link's query, in a form's field."""

LISTS = ("/tugas", "/tim", "/tim/tugas")
"""Pages that can be come back to."""

_MOST = 1_500
_NEWS = frozenset({"kabar", "id", BACK})


def carried() -> str:
    """Give the address of the list that this page was opened from: of this page, when it is one; empty for none."""
    if request.path in LISTS and request.method == "GET":
        return _without_news(request.full_path)
    return asked_for()


def asked_for() -> str:
    """Give the address that the request carries, if it leads to a list of ours."""
    asked = request.form.get(BACK_FIELD) or request.args.get(BACK, "")
    fits = len(asked) <= _MOST and is_local(asked) and urlsplit(asked).path in LISTS
    return asked if fits else ""


def to_list(**news: str) -> str:
    """Give the address of the list that was come from, else of the inbox, with the news to be told there."""
    return _with(asked_for() or url_for("tasks.inbox"), news)


def to_task(task: str, **news: str) -> str:
    """Give the address of a task's page, with the news to be told there, and the way back from it."""
    return _with(url_for("task.show", task_id=task), {**news, **along()})


def along() -> dict[str, str]:
    """Give what a link or a redirect to a task takes along, so that its page knows the way back."""
    found = carried()
    return {BACK: found} if found else {}


def _with(address: str, more: Mapping[str, str]) -> str:
    if not more:
        return address
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(more)}"


def _without_news(address: str) -> str:
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in _NEWS]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path
