"""*Unggah peta proses*: files are checked first, and nothing changes; what was checked is put in force whole or not at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from engine.actor import Signature
from engine.errors import Conflict, InvalidSubmission, NotFound
from engine.gate import MAX_FILES, Refused
from engine.seen import SeenInForce
from storage.queries.process_versions import decision_numbers, process_numbers
from web.auth import actor
from web.checking import check_package, put_in_force
from web.errors import status_of
from web.input import request_id, text_argument
from web.office_view import told
from web.parts import parts
from web.sent_package import MOST_FILE_MB, MOST_MB, TOO_LARGE, sent_package
from web.upload_view import choose_file, list_drawn_only, list_files, sheet_of, verdict_words
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from engine.deployment import Prepared
    from engine.verdict import Report

upload = Blueprint("upload", __name__)

Answer = tuple[str, int]

_MOST_NUMBERS = 5_000
"""Versions that a form may say were seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a process or decision of the package."""

    name: str
    key: str
    version: int
    is_new: bool
    address: str
    tag: str


@upload.get("/proses/unggah")
def ask() -> str:
    """Ask for files."""
    return _ask()


@upload.post("/proses/unggah")
def check() -> Answer | Response:
    """Check the files and lead to what was found; nothing is put in force."""
    try:
        package = sent_package()
    except InvalidSubmission as error:
        return _ask(explain(error)), 413 if error.code in TOO_LARGE else status_of(error)
    kept = parts().packages.keep_package(actor().person, package)
    return redirect(url_for("upload.show", package=kept), 303)


@upload.get("/proses/unggah/<package>")
def show(package: str) -> Answer:
    """Show what the gate says of a package that the caller sent lately, one of its files in full."""
    files = parts().packages.find_package(actor().person, package)
    if files is None:
        return _gone()
    return _report(package, files), 200


@upload.post("/proses/unggah/<package>")
def enforce(package: str) -> Answer:
    """Put the package in force, all of it or nothing, unless something else was put in force since it was looked at."""
    by, act, seen = actor(), request_id(), _seen()
    files = parts().packages.find_package(by.person, package)
    if files is None:
        return _gone()
    try:
        done = put_in_force(
            parts(), files, agency=by.agency, by=Signature.of(by), request=act, seen=seen
        )
    except Refused:
        return _report(package, files), 422
    except Conflict as error:
        return _report(package, files, told(error)), 409
    return _done(done, seen), 200


def _done(done: Prepared, seen: SeenInForce) -> str:
    """Say what became a new version since it was looked at, what stayed, and what is kept as a map."""
    processes = [
        Outcome(
            name=each.name or each.key,
            key=each.key,
            version=each.version,
            is_new=each.version > seen.processes.get(each.key, 0),
            address=url_for("maps.show", definition_id=each.id),
            tag=each.tag,
        )
        for each in done.definitions
    ]
    decisions = [
        Outcome(
            name=each.name or each.key,
            key=each.key,
            version=each.version,
            is_new=each.version > seen.decisions.get(each.key, 0),
            address=url_for("decisions.show", decision_id=each.id),
            tag=each.tag,
        )
        for each in done.decisions.all
    ]
    return render_template(
        "pages/upload/done.html",
        processes=processes,
        decisions=decisions,
        maps=list_drawn_only(done.report),
    )


def _ask(problem: str = "") -> str:
    return render_template(
        "pages/upload/ask.html",
        problem=problem,
        most_files=MAX_FILES,
        most_file=MOST_FILE_MB,
        most=MOST_MB,
    )


def _gone() -> Answer:
    error = NotFound("Expected a package of the caller, but there is none", code="upload_gone")
    return _ask(explain(error)), 404


def _report(package: str, files: Mapping[str, bytes], problem: str = "") -> str:
    report = check_package(parts(), files, actor().agency)
    lines = list_files(report)
    chosen = choose_file(lines, text_argument("berkas"))
    numbers = _in_force(report)
    return render_template(
        "pages/upload/report.html",
        package=package,
        problem=problem,
        report=report,
        files=lines,
        verdict_words=verdict_words,
        sheet=sheet_of(chosen, files.get(chosen.report.file, b"")),
        in_force=numbers["p"],
        seen=json.dumps(numbers),
    )


def _in_force(report: Report) -> dict[str, dict[str, int]]:
    """Give the numbers of the versions in force of what the package brings."""
    agency = actor().agency
    keys = {process.key for file in report.files for process in file.processes}
    processes = parts().database.read(lambda c: process_numbers(c, agency))
    return {
        "p": {key: number for key, number in processes.items() if key in keys},
        "d": dict(parts().database.read(lambda c: decision_numbers(c, agency))),
    }


def _seen() -> SeenInForce:
    """Give the versions in force that the page showed. Raises BadRequest for anything else."""
    try:
        told_of = json.loads(request.form.get("dilihat", ""))
        return SeenInForce(processes=_numbers(told_of["p"]), decisions=_numbers(told_of["d"]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise BadRequest from error


def _numbers(read: object) -> dict[str, int]:
    if not isinstance(read, dict) or len(read) > _MOST_NUMBERS:
        raise TypeError("Expected versions by key, but found something else")
    return {str(key): int(number) for key, number in read.items()}
