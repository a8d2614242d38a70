"""The columns of an agenda book, as the rules for official letters (tata naskah dinas) name them.

Incoming: nomor urut, tanggal penerimaan, tanggal dan nomor naskah, asal, isi ringkas, unit kerja yang dituju, keterangan
(Peraturan Badan Pangan Nasional 3/2022, Pasal 45). Outgoing: nomor urut, tanggal pengiriman, nomor dan tanggal naskah,
tujuan, isi ringkas, keterangan (Peraturan Menteri Kesehatan 20/2024, Pasal 72). Both carry out Peraturan ANRI 5/2021, which
Permendagri 1/2023 follows for local government; the text of those two was not at hand. The office's own number stands under
the line's number.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.form import moment_words
from engine.letters.rule import Direction
from web.i18n import _
from web.letter_words import STATES, note_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from storage.queries.letters import BookLine

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading and the text of a line in it; `is_subject` leads to the case."""

    heading: str
    text: Callable[[BookLine], str]
    is_subject: bool = False


def columns_of(direction: Direction) -> tuple[Column, ...]:
    """Give the columns behind the line's number, in the rule's order."""
    if direction is Direction.INCOMING:
        return (
            Column(heading="Tanggal terima", text=_received),
            Column(heading="Tanggal dan nomor surat", text=_their_letter),
            Column(heading="Asal surat", text=lambda line: line.number.entry.party),
            Column(heading="Isi ringkas", text=_summary, is_subject=True),
            Column(heading="Unit yang dituju", text=lambda line: line.number.entry.meant_for),
            Column(heading="Keterangan", text=note_text),
        )
    return (
        Column(heading="Tanggal kirim", text=lambda line: _day(line.number.entry.sent_on)),
        Column(heading="Nomor dan tanggal surat", text=_our_letter),
        Column(heading="Tujuan surat", text=lambda line: line.number.entry.party),
        Column(heading="Isi ringkas", text=_summary, is_subject=True),
        Column(heading="Keterangan", text=note_text),
    )


def as_csv(lines: Iterable[BookLine]) -> bytes:
    """Give the lines with all that is known as CSV for a spreadsheet: `;`, UTF-8 with a mark, no formulas, days ISO 8601."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(_(heading) for heading, _text in _EVERYTHING)
    for line in lines:
        rows.writerow(_harmless(cell(line)) for _heading, cell in _EVERYTHING)
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _day(text: str) -> str:
    return moment_words(text) if text else ""


def _received(line: BookLine) -> str:
    entry = line.number.entry
    return _day(entry.received_on or line.number.taken_on.isoformat())


def _their_letter(line: BookLine) -> str:
    entry = line.number.entry
    return "\n".join(filter(None, (_day(entry.letter_date), entry.their_number)))


def _our_letter(line: BookLine) -> str:
    number = line.number
    return f"{number.number}\n{_day(number.entry.letter_date or number.taken_on.isoformat())}"


def _summary(line: BookLine) -> str:
    if line.is_hidden:
        return _("(rahasia)")
    entry = line.number.entry
    return "\n".join(filter(None, (entry.subject, entry.summary)))


_EVERYTHING: tuple[tuple[str, Callable[[BookLine], str]], ...] = (
    ("No. urut", lambda line: str(line.number.ordinal)),
    ("Nomor", lambda line: line.number.number),
    ("Keadaan", lambda line: _(STATES[line.number.state])),
    ("Tanggal nomor diambil", lambda line: line.number.taken_on.isoformat()),
    ("Tanggal surat", lambda line: line.number.entry.letter_date),
    ("Tanggal terima", lambda line: line.number.entry.received_on),
    ("Tanggal kirim", lambda line: line.number.entry.sent_on),
    ("Asal atau tujuan", lambda line: line.number.entry.party),
    ("Nomor surat asal", lambda line: line.number.entry.their_number),
    ("Hal", lambda line: _("(rahasia)") if line.is_hidden else line.number.entry.subject),
    ("Isi ringkas", lambda line: line.number.entry.summary),
    ("Unit yang dituju", lambda line: line.number.entry.meant_for),
    ("Kode klasifikasi", lambda line: line.number.classification),
    ("Diambil oleh", lambda line: line.number.taken_by_name),
    ("Keterangan", lambda line: note_text(line).replace("\n", "; ")),
)
"""The columns of the file."""
