"""What is in a file: found out from its bytes, and refused when it is not what people hand in."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.form import KINDS, FieldCode, Refused, clean_name, content_type_of

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504


def packed(**parts: str) -> bytes:
    """Give an archive with these parts; two underlines stand for a slash, three for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("___", ".").replace("__", "/"), text)
    return stream.getvalue()


def office(folder: str, **parts: str) -> bytes:
    """Give an office document as a word processor writes it, as far as its table of contents goes."""
    types = {"[Content_Types].xml": "<Types/>"}
    return packed(**types, **{f"{folder}__document___xml": "<w/>"}, **parts)


def old(stream: str) -> bytes:
    """Give an old office document with this stream in its directory."""
    return OLE + stream.encode("utf-16-le") + b"\0" * 64


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\0" * 40
GOOD = [
    ("surat.pdf", b"%PDF-1.4\n...", "application/pdf"),
    ("SURAT.PDF", b"%PDF-1.7 ...", "application/pdf"),
    ("foto.jpg", JPEG, "image/jpeg"),
    ("foto.jpeg", JPEG.replace(b"\xe0", b"\xe1").replace(b"JFIF", b"Exif"), "image/jpeg"),
    ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "image/png"),
    ("foto.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heif"),
    ("foto.webp", b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 20, "image/webp"),
    ("pindai.tif", b"II*\0" + b"\0" * 20, "image/tiff"),
    ("draf.docx", office("word"), f"{OOXML}wordprocessingml.document"),
    ("anggaran.xlsx", office("xl"), f"{OOXML}spreadsheetml.sheet"),
    ("paparan.pptx", office("ppt"), f"{OOXML}presentationml.presentation"),
    ("draf.odt", packed(mimetype=f"{ODF}text"), f"{ODF}text"),
    ("anggaran.ods", packed(mimetype=f"{ODF}spreadsheet"), f"{ODF}spreadsheet"),
    ("draf.doc", old("WordDocument"), "application/msword"),
    ("anggaran.xls", old("Workbook"), "application/vnd.ms-excel"),
    ("anggaran.xls", old("WordDocumentWorkbook"), "application/vnd.ms-excel"),
    ("catatan.txt", "Rapat pukul 09.00 – selesai\n".encode(), "text/plain"),
    ("data.csv", b"\xef\xbb\xbfnama;jumlah\r\nAni;5\r\n", "text/csv"),
]


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_documents_pictures_and_texts_are_taken(name: str, content: bytes, kind: str) -> None:
    assert content_type_of(name, content) == kind
    assert kind in {known.content_type for known in KINDS}


def bomb() -> bytes:
    return office("word", word__media__a___xml="0" * 60_000_000)


def many_parts() -> bytes:
    return packed(**{"[Content_Types].xml": "", **{f"word__{n:040}": "" for n in range(12_000)}})


BAD = [
    ("kosong.pdf", b"", "file_empty"),
    ("besar.pdf", b"%PDF-1.4" + b" " * (20 * 1024 * 1024), "file_large"),
    # the name says something else than the bytes
    ("surat.pdf", JPEG, "file_ending"),
    ("foto.jpg.exe", JPEG, "file_ending"),
    ("surat", b"%PDF-1.4", "file_ending"),
    (".pdf.", b"%PDF-1.4", "file_ending"),
    ("draf.docx", office("xl"), "file_ending"),
    ("draf.doc", office("word"), "file_ending"),
    # programs, whatever they are called
    ("surat.pdf", b"MZ\x90\x00" + b"\0" * 80, "file_program"),
    ("surat.pdf", b"\x7fELF" + b"\0" * 80, "file_program"),
    ("catatan.txt", b"#!/bin/sh\nrm -rf /\n", "file_program"),
    ("draf.docx", office("word", word__embeddings__a___exe="MZ"), "file_program"),
    # documents that run something
    ("draf.docx", office("word", word__vbaProject___bin="x"), "file_macros"),
    ("anggaran.ods", packed(mimetype=f"{ODF}spreadsheet", Basic__a="x"), "file_macros"),
    ("draf.doc", old("WordDocument_VBA_PROJECT"), "file_macros"),
    # archives, and documents that unpack to more than anybody wants
    ("arsip.zip", packed(a="x"), "file_kind"),
    ("draf.docx", packed(a="x"), "file_kind"),
    ("draf.odt", packed(mimetype="application/zip"), "file_kind"),
    ("draf.docx", bomb(), "file_packed"),
    ("draf.docx", many_parts(), "file_packed"),
    ("draf.docx", office("word", **{"..__..__etc": "x"}), "file_packed"),
    ("draf.docx", office("word", __etc="x"), "file_packed"),
    ("draf.docx", office("word")[:-30], "file_packed"),
    ("draf.docx", b"PK\x03\x04" + b"\0" * 100, "file_packed"),
    (
        "draf.docx",
        b"PK\x03\x04" + b"PK\x06\x07" + b"\0" * 16 + b"PK\x05\x06" + b"\0" * 18,
        "file_packed",
    ),
    # what a browser might run
    ("gambar.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "file_kind"),
    ("halaman.html", b"<html><script>alert(1)</script>", "file_kind"),
    ("halaman.pdf", b"<html><script>alert(1)</script>", "file_kind"),
    ("arsip.rar", b"Rar!\x1a\x07\x00", "file_kind"),
    ("pasang.msi", OLE, "file_kind"),
    ("catatan.txt", b"a\0b", "file_kind"),
    ("catatan.txt", b"a\x1bb", "file_kind"),
    ("catatan.txt", b"\xff\xfea\0", "file_kind"),
    ("film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0", "file_kind"),
    ("acak.pdf", bytes(range(256)), "file_kind"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), BAD, ids=[f"{n}-{name}" for n, (name, _, _) in enumerate(BAD)]
)
def test_everything_else_is_refused_with_its_reason(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        content_type_of(name, content)
    assert str(caught.value.code) == code
    assert caught.value.params["file"] == name


def test_an_archive_that_needs_a_password_is_refused() -> None:
    content = bytearray(packed(mimetype=f"{ODF}text"))
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(sign) + (6 if sign[2] == 3 else 8)
        content[at : at + 2] = struct.pack("<H", 1)
    with pytest.raises(Refused) as caught:
        content_type_of("draf.odt", bytes(content))
    assert caught.value.code is FieldCode.FILE_PACKED


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    start=st.sampled_from([b"", b"PK\x03\x04", OLE, b"%PDF-", b"RIFF", office("word")[:60]]),
    rest=st.binary(max_size=200),
    ending=st.sampled_from([".pdf", ".docx", ".txt", ".odt", "", ".exe"]),
)
def test_any_bytes_are_taken_or_refused(start: bytes, rest: bytes, ending: str) -> None:
    kinds = {kind.content_type for kind in KINDS}
    assert outcome(f"berkas{ending}", start + rest) in kinds | set(FieldCode)


def outcome(name: str, content: bytes) -> str:
    """Give the content type of a file, or why it is refused."""
    try:
        return content_type_of(name, content)
    except Refused as refusal:
        return refusal.code


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("surat.pdf", "surat.pdf"),
        ("C:\\Users\\ani\\surat.pdf", "surat.pdf"),
        ("../../etc/passwd", "passwd"),
        (" surat.pdf ", "surat.pdf"),
        ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
        ("a." + "b" * 300, ("a." + "b" * 300)[:255]),
        (".htaccess", ".htaccess"),
        ("/", ""),
    ],
)
def test_a_name_is_without_folders_and_keeps_its_ending(sent: str, name: str) -> None:
    assert clean_name(sent) == name
