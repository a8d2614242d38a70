"""Error pages: a sentence that says what, why and what to do, and an id; the detail is in the log, never on the page."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from flask import render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engine import errors
from storage.errors import StorageFailed
from web.i18n import _
from web.parts import parts
from web.tries import TooManyTries
from web.words import explain, sentence

if TYPE_CHECKING:
    from flask import Flask

_log = logging.getLogger("alur.web")

BYTES_IN_MB = 1024 * 1024

STATUS: tuple[tuple[type[errors.AlurError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotAllowed, 403),
    (errors.Conflict, 409),
    (errors.WrongState, 409),
    (errors.InvalidSubmission, 422),
    (TooManyTries, 429),
    (errors.CommandRejected, 422),
    (errors.ExecutionFailed, 409),
    (StorageFailed, 503),
    (errors.AlurError, 500),
)
"""The HTTP status of each branch of the error tree; the first that fits."""

_TITLES = {
    400: "Permintaan tidak lengkap",
    403: "Tidak diizinkan",
    404: "Halaman tidak ditemukan",
    405: "Permintaan tidak dapat dilayani",
    409: "Keadaan sudah berubah",
    413: "Kiriman terlalu besar",
    422: "Tidak dapat diproses",
    500: "Terjadi gangguan",
    503: "Basis data tidak dapat dipakai",
}

_CODES = {403: "page_forbidden", 404: "not_found", 405: "method_wrong"}


def register(app: Flask) -> None:
    """Let the app answer every error with a page."""
    app.register_error_handler(errors.AlurError, _on_refusal)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(Exception, _on_fault)


def status_of(error: errors.AlurError) -> int:
    """Give the HTTP status of an error."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def escaped(text: object) -> str:
    """Give a text for the log, on one line, with control characters written out (ASVS 5.0, 16.4.1)."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))


def log_refusal(error: errors.AlurError) -> str:
    """Write a refused action to the log and give the id under which it stands there."""
    id_ = parts().ids.new()
    _log.warning(
        "refused id=%s code=%s endpoint=%s: %s", id_, error.code, request.endpoint, escaped(error)
    )
    return id_


def _on_refusal(error: errors.AlurError) -> tuple[str, int]:
    status = status_of(error)
    if status >= 500:  # noqa: PLR2004 - the HTTP class of server errors
        return _page(status, explain(error), _log_fault(error))
    return _page(status, explain(error), log_refusal(error))


def _on_http(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if status < 400:  # noqa: PLR2004 - a redirect raised by the router is no error
        return error
    if isinstance(error, RequestEntityTooLarge):
        return _page(413, too_large_sentence(), "")
    code = _CODES.get(status, "request_broken")
    return _page(status, sentence(code), "")


def too_large_sentence() -> str:
    """Say that a request was too large, and how large it may be."""
    limit = (request.max_content_length or 0) // BYTES_IN_MB
    return sentence("request_too_large", limit=limit)


def _on_fault(error: Exception) -> tuple[str, int]:
    return _page(500, sentence("unexpected"), _log_fault(error))


def _log_fault(error: Exception) -> str:
    id_ = parts().ids.new()
    detail = escaped("".join(traceback.format_exception(error)))
    _log.error("fault id=%s endpoint=%s: %s", id_, request.endpoint, detail)
    return id_


def _page(status: int, text: str, id_: str) -> tuple[str, int]:
    title = _(_TITLES.get(status, _TITLES[400]))
    return render_template("pages/error.html", title=title, sentence=text, error_id=id_), status
