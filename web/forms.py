"""From a browser's request to a raw submission, and rows that come and go without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from engine.form import MOST_ROWS, Form, RawSubmission, StoredFile, Table, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.datastructures import MultiDict

    from engine.form import FieldProblem

KEPT = "_berkas."
"""Before a field's name: the digests of its files that shall stay."""

ADD_ROW, REMOVE_ROW, ACTION = "_tambah", "_hapus", "_aksi"

REFRESH = "perbarui"
"""The action that shows the form again as it was sent: "Perbarui isian", and what Enter does in a form with rows."""

APPEARING = "_tampak"
"""The fields with a condition that the page showed."""

TAKE_NUMBER = "_nomor"
"""The button that takes a letter's number: its value is the field."""

REASON = "_alasan"
"""Why a form that was sent is corrected."""

PARTY = "_pihak"
"""On whose behalf an answer is recorded."""

CONTROL_NAMES = frozenset(
    {
        *("_csrf", "_request", "_revisi", "_kembali"),
        *(ADD_ROW, REMOVE_ROW, ACTION, APPEARING, REASON, TAKE_NUMBER, PARTY),
    }
)
"""Names that a page sends beside the fields of its form."""

_T = TypeVar("_T")


def raw_submission(
    request_form: MultiDict[str, str],
    *,
    uploads: Mapping[str, tuple[StoredFile, ...]] | None = None,
    refused: Mapping[str, FieldProblem] | None = None,
    earlier: Mapping[str, StoredFile] | None = None,
) -> RawSubmission:
    """Give what was sent, without the names that belong to the page.

    `uploads` are the files of this request by field name, already in the store, and `refused` says what was wrong with
    one that was not stored; `earlier` are the files, by digest, that this person uploaded while filling this very form
    before (only these and the files of the case may be kept).
    """
    sent = {name: tuple(texts) for name, texts in request_form.lists() if name not in CONTROL_NAMES}
    return RawSubmission(
        values={name: texts for name, texts in sent.items() if not name.startswith(KEPT)},
        files=uploads or {},
        kept={n.removeprefix(KEPT): t for n, t in sent.items() if n.startswith(KEPT)},
        earlier=earlier or {},
        refused=refused or {},
        appearing=frozenset(request_form.getlist(APPEARING)),
    )


def changed_rows(
    form: Form, raw: RawSubmission, request_form: MultiDict[str, str]
) -> RawSubmission | None:
    """Give the submission with a row added or removed, when that is what was pressed; None when it is to be sent.

    Give `raw` settled (`Form.settled`), so that its files move with their rows.
    """
    added, removed = request_form.get(ADD_ROW), request_form.get(REMOVE_ROW)
    if added is not None:
        table = _find_table(form, added)
        return add_row(table, raw) if table else raw
    if removed is not None:
        key, _, number = removed.partition(".")
        table = _find_table(form, key)
        return remove_row(table, raw, number) if table else raw
    return raw if request_form.get(ACTION) == REFRESH else None


def add_row(table: Table, raw: RawSubmission) -> RawSubmission:
    """Give the submission with one empty row more; a full table stays as it is."""
    tidy = _numbered(table, raw, keep=lambda _number: True)
    count = len(table.row_numbers(tidy, table.key))
    # A page shows first rows that nobody sent yet: a new one stands behind them.
    total = min(max(count, 1) + 1, MOST_ROWS)
    blank = joined(table.blank_row(number) for number in range(count, total))
    return replace(tidy, values={**tidy.values, **blank.values})


def remove_row(table: Table, raw: RawSubmission, number: str) -> RawSubmission:
    """Give the submission without the row of this number; a number that isn't there changes nothing."""
    return _numbered(table, raw, keep=lambda row: row != number)


def _find_table(form: Form, key: str) -> Table | None:
    field = form.find_field(key)
    return field if isinstance(field, Table) and not field.readonly else None


def _numbered(table: Table, raw: RawSubmission, keep: Callable[[str], bool]) -> RawSubmission:
    """Give the submission with only the rows to keep, numbered from zero."""
    rows = [str(number) for number in table.row_numbers(raw, table.key) if keep(str(number))]
    numbers = {old: str(new) for new, old in enumerate(rows)}

    def moved(by_name: Mapping[str, _T]) -> dict[str, _T]:
        named = {_renamed(table, name, numbers): item for name, item in by_name.items()}
        return {name: item for name, item in named.items() if name is not None}

    return replace(
        raw,
        values=moved(raw.values),
        files=moved(raw.files),
        kept=moved(raw.kept),
        refused=moved(raw.refused),
    )


def _renamed(table: Table, name: str, numbers: Mapping[str, str]) -> str | None:
    if not table.owns(name):
        return name
    key, number, column = name.split(".", 2)
    return f"{key}.{numbers[number]}.{column}" if number in numbers else None
