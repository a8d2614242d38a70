"""The files of a case: to be saved, and looked at as pictures that we made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, render_template

from engine.errors import NotFound
from engine.form import StoredFile
from engine.ids import InstanceId
from storage.queries.case import find_case_content, find_case_file, find_file_name, is_file_of
from web.file_view import view_file
from web.headers import DOWNLOAD_POLICY
from web.parts import parts

if TYPE_CHECKING:
    from storage.queries.case import CaseFile

case_files = Blueprint("case_files", __name__)


@case_files.get("/perkara/<case_id>/berkas/<digest>")
def download(case_id: str, digest: str) -> Response:
    """Give a file of the case to be saved, never to be opened in the page's place."""
    found = parts().database.read(lambda c: find_case_content(c, InstanceId(case_id), digest))
    name = find_file_name(_case(case_id).records, digest)
    if found is None or name is None:
        raise _missing(digest)
    response = Response(found.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


@case_files.get("/perkara/<case_id>/berkas/<digest>/pratinjau")
def preview(case_id: str, digest: str) -> str:
    """Show the first pages of a file."""
    _expect_file(case_id, digest)
    file = _case(case_id)
    name = find_file_name(file.records, digest)
    if name is None:
        raise _missing(digest)
    named = StoredFile(name=name, digest=digest, size=0, content_type="")
    return render_template("pages/preview.html", head=file.head, shown=view_file(named))


@case_files.get("/perkara/<case_id>/berkas/<digest>/pratinjau/<int:page>")
def preview_page(case_id: str, digest: str, page: int) -> Response:
    """Give the picture of a page, as we made it."""
    _expect_file(case_id, digest)
    found = parts().previews.find_page(digest, page)
    if found is None:
        raise _missing(digest)
    response = Response(found.content, content_type=found.content_type)
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _case(case_id: str) -> CaseFile:
    file = parts().database.read(lambda c: find_case_file(c, InstanceId(case_id)))
    if file is None:
        raise NotFound(f"Expected a case {case_id}, but there is none", code="not_found")
    return file


def _expect_file(case_id: str, digest: str) -> None:
    if not parts().database.read(lambda c: is_file_of(c, InstanceId(case_id), digest)):
        raise _missing(digest)


def _missing(digest: str) -> NotFound:
    return NotFound(f"Expected a file {digest[:64]!r} of the case", code="not_found")
