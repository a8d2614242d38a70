"""What a request says beside its form: page numbers, request ids and revisions."""

from __future__ import annotations

import re

from flask import request
from werkzeug.exceptions import BadRequest

from engine.ids import RequestId

REQUEST, REVISION = "_request", "_revisi"
"""The form fields with the request id and with the revision that the page showed."""

_ID = re.compile(r"[0-9a-z]{26}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_MOST_LETTERS = 200


def page_number() -> int:
    """Give the page that is asked for, 1 when none is or when it is no number."""
    text = request.args.get("halaman", "")
    return int(text) if _NUMBER.fullmatch(text) else 1


def text_argument(name: str) -> str:
    """Give a text of the address, on one line and of a bearable length; empty when there is none."""
    text = "".join(c if c.isprintable() else " " for c in request.args.get(name, ""))
    return text.strip()[:_MOST_LETTERS]


def request_id() -> RequestId:
    """Give the request id of the form that was sent. Raises BadRequest when it has none."""
    text = request.form.get(REQUEST, "")
    if not _ID.fullmatch(text):
        raise BadRequest
    return RequestId(text)


def revision() -> int:
    """Give the revision that the page showed. Raises BadRequest when the form has none."""
    text = request.form.get(REVISION, "")
    if not _NUMBER.fullmatch(text):
        raise BadRequest
    return int(text)
