"""*Unggah peta proses*: what the page says of files that were chosen; nothing of this changes anything."""

from __future__ import annotations

import gzip
import shutil
from typing import TYPE_CHECKING

import pytest
from upload_kit import GROUP, PAGE, checked, drawn, form, groups
from web_kit import MORNING, Caller, close, parts_of, settings_for

from engine.testing import FixedClock
from web import create_app, sent_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY = 450


@pytest.fixture(scope="module")
def owner(first_morning: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """Give the browser of a process owner; these tests only look."""
    file = tmp_path_factory.mktemp("upload") / "alur.sqlite3"
    shutil.copy(first_morning, file)
    app = create_app(settings_for(file), FixedClock(MORNING))
    known = parts_of(app).directory.find_credentials("pemilik")
    assert known is not None
    owner = Caller(app)
    owner.client.set_cookie("alur_sesi", parts_of(app).sessions.open_session(known.person).token)
    yield owner
    close(app)


def test_each_finding_leads_to_its_element_in_the_drawing_and_back(owner: Caller) -> None:
    report = checked(owner, {"izin.bpmn": drawn(form="lain")})
    (found,) = report.page.select(GROUP)
    element = report.page.select_one("svg.diagram a")
    assert element is not None
    assert element["href"] == f"#{found['id']}"
    back = found.select_one("a")
    assert back is not None
    assert back["href"] == f"#{element['id']}"
    assert element["data-el"] == "periksa"
    assert "refused" in element["class"]
    assert "lihat temuan 1" in str(element.title)
    chip = report.page.select_one("svg.diagram .chip.refused text")
    assert chip is not None
    assert chip.get_text() == "1"


def test_a_finding_names_element_id_line_reason_and_what_to_do_and_nothing_can_be_put_in_force(
    owner: Caller,
) -> None:
    report = checked(owner, {"izin.bpmn": drawn(form="lain")})
    assert "Belum dapat diberlakukan" in report.text
    assert report.page.select_one("form[action*=unggah]") is None
    (found,) = groups(report)
    assert found == (
        "1. Langkah “Memeriksa <berkas>” (periksa) Lihat di gambar Langkah “Memeriksa <berkas>” (periksa) "
        "Ditolak Memakai formulir “lain”, yang tidak disertakan atau tidak dapat dipakai. "
        "Sertakan berkas formulirnya. (baris 9)"
    )


@pytest.mark.parametrize(
    ("files", "status", "said"),
    [
        ([], 422, "Belum ada berkas yang dipilih"),
        ([("a.bpmn", b"")], 422, "Berkas “a.bpmn” kosong"),
        ([("peta.zip", b"PK\x03\x04...")], 422, "adalah arsip zip"),
        ([("x/a.bpmn", b"1"), ("y/a.bpmn", b"2")], 422, "Ada dua berkas bernama “a.bpmn”"),
        ([("a.bpmn", b"x" * 2_100_000)], 413, "lebih dari 2 MB"),
        ([(f"{n}.bpmn", b"x" * 2_000_000) for n in range(9)], 413, "lebih dari 16 MB"),
        ([(f"{n}.form", b"x") for n in range(MANY)], 422, "paling banyak 400 sekali periksa"),
    ],
)
def test_files_that_can_not_be_taken_are_told_in_a_sentence(
    owner: Caller, files: list[tuple[str, bytes]], status: int, said: str
) -> None:
    answer = checked(owner, files)
    assert answer.status == status
    assert "Berkas belum diperiksa" in answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rusak.bpmn", drawn()[:900]),
        ("surat.docx", b"surat"),
        ("<script>alert(1)</script>.bpmn", b"<a>&x;</a>"),
        ("izin.form", b"{"),
    ],
)
def test_a_broken_file_or_one_of_another_kind_is_refused_and_its_name_is_only_shown(
    owner: Caller, name: str, content: bytes
) -> None:
    report = checked(owner, {"baik.form": form(), name: content})
    assert "Belum dapat diberlakukan" in report.text
    assert len(groups(report)) == 1
    assert report.page.select_one("main script") is None


def test_a_file_name_is_shown_without_folders_and_control_characters(owner: Caller) -> None:
    report = checked(owner, {"peta/izin\u202e\x07.bpmn": drawn(), "izin.form": form()})
    heading = report.page.select_one("#berkas")
    assert heading is not None
    assert heading.get_text(" ", strip=True).startswith("izin  .bpmn")


def test_the_page_of_a_file_with_many_findings_stays_light(owner: Caller) -> None:
    tasks = "".join(f'<bpmn:userTask id="t{n}" name="Langkah {n}"/>' for n in range(150))
    many = drawn().replace(b"<bpmn:endEvent", tasks.encode() + b"<bpmn:endEvent")
    report = checked(owner, {"izin.bpmn": many, "izin.form": form()})
    assert len(groups(report)) == 60
    assert "Masih ada" in report.text
    assert len(gzip.compress(report.answer.data)) <= 15 * 1024


def test_the_bounds_are_those_that_the_page_names(owner: Caller) -> None:
    said = owner.get(PAGE).text
    assert f"tiap berkas sampai {sent_package.MOST_FILE_MB} MB" in said
    assert f"semuanya sampai {sent_package.MOST_MB} MB" in said
