"""Who provides the variables of a process, what takes them, and what is said of one that nobody provides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from decision_kit import dmn, table
from engine_maps import ROOT, drawn, form_of
from letter_kit import numbering
from link_kit import linking

from engine.gate import examine

if TYPE_CHECKING:
    from pathlib import Path

    from engine.rule import Finding

STEP = "start mulai\nend selesai\n"
LINE = STEP + "mulai -> kerja\nkerja -> pakai\npakai -> selesai\n"
ASKED = "script pakai script={script} scriptFormat=feel resultVariable=hasil\n"


PROVIDERS: dict[str, tuple[str, dict[str, str], str]] = {
    # the step before, its properties, the variable that the script behind it takes
    "its form": ("user kerja formRef=isi", {}, "catatan"),
    "a script": ("script kerja script=1 scriptFormat=feel resultVariable=satu", {}, "satu"),
    "a script of its own": ("manual kerja", {}, "hasil"),
    "the item of a repetition": (
        "user kerja formRef=isi each=catatan item=butir",
        {},
        "butir",
    ),
    "the counters of a repetition": ("manual kerja times=3", {}, "nrOfInstances"),
    "what a call gives back": ("call kerja calledElement=anak out=a:kembali", {}, "kembali"),
    "a connector": ("service kerja topic=alur.http", {"http.hasil": "nib"}, "nib"),
    "a report of work outside": (
        "service kerja topic=oss",
        {"hasil.isian": "nib,jumlah:angka"},
        "jumlah",
    ),
    "a letter that answers": ("receive kerja message=jawaban", {}, "kerja_ringkasan"),
    "the form of an answer": (
        "receive kerja message=jawaban",
        {"tanggapan.formulir": "isi"},
        "catatan",
    ),
    "a message that is sent here": ("receive kerja message=kabar", {}, "isi_kabar"),
    "a process that calls this one": ("manual kerja", {}, "dari_pemanggil"),
    "a process that begins this one": ("manual kerja", {}, "dari_asal"),
}

TAKERS = {
    "a condition": "xor kerja\nkerja -> pakai if ${hilang == 1}\nkerja -> selesai default\n",
    "a script": "script kerja script=hilang scriptFormat=feel resultVariable=x\n",
    "a collection": "manual kerja each=hilang\n",
    "the end of a repetition": 'manual kerja times=2 until="=hilang > 1"\n',
    "an assignee": "user kerja formRef=isi assignee=${hilang}\n",
    "a due date": "user kerja formRef=isi dueDate=${hilang}\n",
    "what a call is given": "call kerja calledElement=anak in=hilang:a\n",
    "what a call computes": "call kerja calledElement=anak in=${hilang}:a\n",
    "a timer": "catch kerja duration=${hilang}\n",
    "the name of a message": "catch kerja message=${hilang}\n",
    "a topic": "service kerja topic=oss.${hilang}\n",
}


def package(source: bytes) -> dict[str, bytes]:
    """Give a map with its form, a process that calls it and sends to it, and one that begins it."""
    other = drawn(
        f"call panggil calledElement=p in=x:dari_pemanggil\nthrow kirim message=kabar carries=isi_kabar\n"
        f"user isi formRef=kabar\n{STEP}mulai -> isi\nisi -> panggil\npanggil -> kirim\nkirim -> selesai\n",
        key="lain",
    )
    origin = drawn(
        f"user awal formRef=isi\n{STEP}mulai -> awal\nawal -> selesai\n",
        key="asal",
    )
    begins = {"proses": "p", "data": "dari_asal=catatan"}
    return {
        "p.bpmn": source,
        "lain.bpmn": other,
        "asal.bpmn": linking(origin, "awal", begins),
        "isi.form": form_of("isi", "catatan"),
        "kabar.form": form_of("kabar", "isi_kabar", "x"),
    }


def told(source: bytes) -> list[Finding]:
    """Give what is found of variables."""
    found = examine(package(source), is_known=lambda key: key == "anak").findings
    return [f for f in found if f.code in {"variable_misspelt", "variable_unprovided"}]


@pytest.mark.parametrize("source", PROVIDERS)
def test_what_something_provides_is_not_missed(source: str) -> None:
    step, properties, name = PROVIDERS[source]
    taking = drawn(f"{step}\n{ASKED.format(script=name)}{LINE}")
    assert told(numbering(taking, {"kerja": properties}) if properties else taking) == []


@pytest.mark.parametrize("taker", TAKERS)
def test_what_nothing_provides_is_found_wherever_it_is_taken(taker: str) -> None:
    lines = f"{TAKERS[taker]}manual pakai\n{STEP}mulai -> kerja\npakai -> selesai\n"
    flow = "" if "kerja ->" in lines else "kerja -> pakai\n"
    (found,) = told(drawn(lines + flow))
    assert found.element_id in {"kerja", "f0"}
    assert found.params["name"] == "hilang"
    assert "hilang" in str(found.params["text"])


def test_a_name_that_is_almost_one_of_the_process_is_told_with_that_one() -> None:
    script = ASKED.format(script='"catatn + Catatan + catatn"')
    found = told(drawn(f"user kerja formRef=isi\n{script}{LINE}"))
    assert [(f.code, f.params["name"], f.params["near"]) for f in found] == [
        ("variable_misspelt", "Catatan", "catatan"),
        ("variable_misspelt", "catatn", "catatan"),
    ]


def test_a_decision_takes_what_its_table_reads_beside_what_the_office_sets() -> None:
    lines = f"rule kerja decisionRef=nilai resultVariable=hasil\nmanual pakai\n{LINE}"
    files = {"nilai.dmn": dmn(table(inputs={"skor + batas": "number"}))}
    given = drawn(lines, properties={"ketetapan.batas": "Batas"})
    found = examine({**package(given), **files}, is_known=lambda _: True).findings
    missed = [
        (f.element_id, f.params["name"], f.params["text"]) for f in found if "name" in f.params
    ]
    assert missed == [("kerja", "skor", "Nilai koperasi")]


@pytest.mark.parametrize(
    "script", ['"for i in [1] return i"', '"sort([2, 1], max)"', '"catatan[item = hilang]"']
)
def test_names_that_are_bound_or_built_in_are_no_variables(script: str) -> None:
    step = f"user kerja formRef=isi\n{ASKED.format(script=script)}"
    assert told(drawn(step + LINE)) == []


def test_nothing_is_said_where_a_call_gives_back_all_it_has_or_a_form_is_missing() -> None:
    asked = ASKED.format(script="apa_saja")
    assert told(drawn(f"call kerja calledElement=anak out=all\n{asked}{LINE}")) == []
    assert told(drawn(f"user kerja formRef=tidak_ada\n{asked}{LINE}")) == []


@pytest.mark.parametrize("agency", ["pasuruan", "pacitan"])
def test_nothing_is_missed_in_the_shipped_maps(agency: str) -> None:
    maps, forms = (ROOT / "processes" / agency, ROOT / "forms" / agency)
    files: list[Path] = [*maps.glob("*.bpmn"), *forms.rglob("*.form"), *maps.glob("*.dmn")]
    found = examine(
        {str(file): file.read_bytes() for file in files}, is_known=lambda _: True
    ).findings
    assert [f for f in found if f.code.startswith("variable_")] == []
