"""A CSV file of persons as rows of texts by column: how it is separated and encoded, its header, its limits."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS: Mapping[str, str] = {
    "nama_masuk": "Nama masuk: huruf kecil, angka, titik, dan tanda hubung. Wajib.",
    "nama": "Nama pegawai. Wajib untuk pegawai baru.",
    "surel": "Alamat surel. Boleh kosong.",
    "peran": "Pegawai, Pemilik proses, Auditor, atau Administrator; beberapa dipisah tanda +. Kosong berarti Pegawai.",
    "jabatan": "Nama atau kode jabatan yang dipegang. Boleh kosong.",
    "sebagai": "Plh atau Plt; kosong berarti definitif.",
    "nomor_surat": "Nomor surat penugasan. Wajib untuk Plh dan Plt.",
    "mulai": "Tanggal mulai, misalnya 5/12/2026. Kosong berarti hari ini.",
    "sampai": "Hari terakhir. Wajib untuk Plh; selain itu boleh kosong.",
}
"""The columns in the order of the template, and what stands in each."""

NEEDED = ("nama_masuk", "nama")

MOST_BYTES, MOST_LINES = 500_000, 1_000

SEPARATORS = ";,\t"

BEYOND = "lebih"
"""Stands for cells behind the last column."""


def template() -> bytes:
    """Give an example file as Excel opens it: UTF-8 with BOM, semicolons."""
    rows = [
        list(COLUMNS),
        ["contoh.pegawai", "Contoh Pegawai", "", "Pegawai", "Staf Sekretariat", "", "", "", ""],
        ["contoh.kedua", "Contoh Kedua", "", "Pegawai", "", "", "", "", ""],
        ["contoh.kedua", "", "", "", "Sekretaris Dinas", "Plh", "094/12/2026", "1/12/2026", "8/12/2026"],
    ]  # fmt: skip
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def text_of(content: bytes) -> str:
    """Give the text of a file. Raises InvalidSubmission (`import_large`, `import_encoding`)."""
    if len(content) > MOST_BYTES:
        raise InvalidSubmission(
            f"Expected at most {MOST_BYTES} bytes, but found {len(content)}",
            code="import_large",
            limit=MOST_BYTES // 1000,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidSubmission(
            f"Expected UTF-8, but {error.reason}", code="import_encoding"
        ) from error


def list_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the lines that hold anything, by their number in the file, each as texts by column.

    Raises InvalidSubmission (`import_…`) for what is wrong with the file itself.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    declared = text.startswith("sep=")  # what Excel writes to say how its file is separated
    begun = text.partition("\n")[2] if declared else text
    first = begun.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(begun, newline=""), delimiter=separator, strict=True)
    try:
        header = _header(next(reader, []))
        found = 0
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            found += 1
            _expect_room(found)
            yield reader.line_num + declared, _named(header, cells)
    except csv.Error as error:
        raise InvalidSubmission(
            f"Expected a CSV file, but {error}",
            code="import_broken",
            line=reader.line_num + declared,
        ) from error
    if not found:
        raise InvalidSubmission("Expected lines, but there is none", code="import_empty")


def _header(cells: list[str]) -> list[str]:
    names = [" ".join(cell.split()).lower().replace(" ", "_") for cell in cells]
    unknown = [name for name in names if name and name not in COLUMNS]
    missing = [name for name in NEEDED if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    for code, wrong in (
        ("import_missing", missing),
        ("import_unknown", unknown),
        ("import_twice", twice),
    ):
        if wrong:
            raise InvalidSubmission(
                f"Expected the columns {list(COLUMNS)}, but found {names}",
                code=code,
                columns=tuple(name[:40] for name in wrong),
            )
    return names


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    texts = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
    beyond = [cell for cell in cells[len(header) :] if cell.strip()]
    return {**dict.fromkeys(COLUMNS, ""), **texts, **({BEYOND: "ada"} if beyond else {})}


def _expect_room(count: int) -> None:
    if count > MOST_LINES:
        raise InvalidSubmission(
            f"Expected at most {MOST_LINES} lines, but there are more",
            code="import_many",
            limit=MOST_LINES,
        )
