"""What the gate says of DMN files and of the tasks that ask them: where in the table, why, what to do."""

from __future__ import annotations

import pytest
from decision_kit import SCORES, dmn, literal, table
from decision_maps import DECISIONS

from engine.gate import Examined, examine
from web.rule_words import verdict_lines

OLD = b"http://www.omg.org/spec/DMN/20180521"


def examined(**files: bytes | str) -> Examined:
    package = {
        f"{name}.dmn": content if isinstance(content, bytes) else dmn(content)
        for name, content in files.items()
    }
    return examine(package, is_known=lambda _key: False)


def said(**files: bytes | str) -> list[str]:
    return [line.partition(": ")[2] for line in verdict_lines(examined(**files).findings)]


def test_a_decision_without_a_process_is_a_package() -> None:
    found = examined(nilai=table())
    assert found.findings == ()
    assert list(found.decisions.brought) == ["nilai"]


def test_a_wrong_cell_is_named_by_row_and_column_with_its_own_error() -> None:
    (line,) = said(nilai=table((("< 60", '"a"'), (">= ", '"b"'))))
    assert line.startswith("ditolak: Keputusan “Nilai koperasi” (nilai): baris 2, kolom 1 (“Skor”)")
    assert "tidak dapat dibaca: “>=”" in line
    assert "diharapkan" in line


def test_a_wrong_result_is_named_by_its_column_behind_the_inputs() -> None:
    (line,) = said(nilai=table((("-", '"a'),)))
    assert "baris 1, kolom 2 (“Hasil”) tidak dapat dibaca" in line


def test_a_cell_in_another_language_is_refused_by_its_name() -> None:
    (line,) = said(nilai=table((("${skor > 1}", '"a"'),)))
    assert "baris 1, kolom 1 (“Skor”) ditulis dalam bahasa juel" in line


def test_a_gap_is_a_warning_that_names_the_values() -> None:
    (line,) = said(nilai=table((("< 60", '"a"'), (">= 66", '"b"'))))
    assert line.startswith("peringatan: Keputusan “Nilai koperasi” (nilai): tidak ada baris")
    assert "bila skor >= 60 dan skor < 66" in line


def test_an_overlap_is_a_warning_that_names_the_rows() -> None:
    (line,) = said(nilai=table((("<= 60", '"a"'), (">= 60", '"b"'))))
    assert "baris 1 dan 2 sama-sama cocok bila skor = 60" in line


def test_a_rule_that_never_counts_is_named_with_the_one_in_front_of_it() -> None:
    (line,) = said(nilai=table((("-", '"a"'), ("> 60", '"b"')), policy="FIRST"))
    assert "baris 2 tidak pernah berlaku: tertutup oleh baris 1" in line


def test_a_table_that_can_not_be_checked_says_so_with_the_reason() -> None:
    (line,) = said(nilai=table((("< batas", '"a"'), (">= batas", '"b"'))))
    assert "tidak diperiksa, karena selnya bukan perbandingan dengan nilai yang tertulis" in line


def test_the_same_decision_in_two_files_is_refused() -> None:
    (line,) = said(a=table(), b=table())
    assert "id ini juga ada di berkas a.dmn" in line


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<a/>", "bukan keputusan DMN"),
        (b"<a", "bukan XML yang utuh"),
        (dmn(), "tidak memuat keputusan"),
        (
            dmn(table()).replace(b"https://www.omg.org/spec/DMN/20191111", OLD),
            "ditulis menurut DMN 1.2",
        ),
    ],
)
def test_what_is_no_decision_file_is_refused_as_a_whole(content: bytes, words: str) -> None:
    (line,) = said(nilai=content)
    assert line.startswith("ditolak: ")
    assert words in line


def test_decisions_that_require_each_other_are_refused() -> None:
    first = literal("b", key="a", name="A", variable="a", requires=("b",))
    second = literal("a", key="b", name="B", variable="b", requires=("a",))
    lines = said(putar=dmn(first, second))
    assert any("saling memerlukan berputar" in line for line in lines)


def test_a_process_that_asks_for_the_decision_of_its_package_is_in_order() -> None:
    files = {"p.bpmn": DECISIONS, "nilai.dmn": dmn(table(SCORES))}
    assert examine(files, is_known=lambda _key: False).errors == ()


def test_where_nobody_knows_what_is_in_force_an_unknown_decision_is_taken_to_be_there() -> None:
    source = DECISIONS.replace(b"deployment", b"latest")
    assert examine({"p.bpmn": source}, is_known=lambda _key: False).findings == ()
