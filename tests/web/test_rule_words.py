"""What the gate finds has words: where, what, why and what to do."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from engine_maps import drawn, form_of
from finding_codes import all_codes
from form_kit import form_file

from engine.errors import ExecutionFailed
from engine.expression import ExpressionInvalid, Language, compile_text
from engine.form import FormCode, FormProblem
from engine.gate import examine
from engine.rule import Finding, Severity
from engine.rules.elements_supported import _KNOWN
from web import expression_words
from web.element_words import KINDS, kind_words
from web.rule_words import SENTENCES, finding_line, finding_sentence, verdict_lines, words

ENGINE = Path(__file__).parents[2] / "engine"
EXPRESSION_CODE = re.compile(r'\bcode="([a-z_]+)"')
LINES = "start mulai\n{}\nend selesai\nmulai -> kerja\nkerja -> selesai"


def found(code: str, **params: object) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        code=code,
        file="retribusi.bpmn",
        line=12,
        element_id="Activity_1x",
        element_name="Hitung retribusi",
        params=params,
    )


def asked_for(code: str) -> dict[str, object]:
    """Give a value for each placeholder of a code."""
    texts = SENTENCES[code]
    names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    return {name: f"isi-{name}" for name in names}


def invalid(text: str) -> ExpressionInvalid:
    with pytest.raises(ExpressionInvalid) as error:
        compile_text(text, default=Language.FEEL)
    return error.value


def told(lines: str, **files: bytes) -> list[str]:
    package = {"p.bpmn": drawn(LINES.format(lines)), **{f"{k}.form": v for k, v in files.items()}}
    return verdict_lines(examine(package, is_known=lambda _: False).findings)


def test_every_code_of_a_finding_has_words_and_no_words_are_left_over() -> None:
    assert set(SENTENCES) == all_codes()


@pytest.mark.parametrize("code", SENTENCES)
def test_words_say_what_and_what_to_do_with_nothing_left_open(code: str) -> None:
    params = asked_for(code)
    what, fix = words(found(code, **params))
    for text in (what, fix):
        assert not re.search(r"[{}…]", text)
        assert text[-1] in ".!?" or text.endswith(("isi-error", "isi-problem"))
    assert all(str(value) in what + fix for value in params.values())


def test_a_code_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        words(found("never_heard_of"))


def test_words_name_the_element_with_its_id() -> None:
    what, fix = words(found("lane_missing"))
    assert what.startswith("Langkah “Hitung retribusi” (Activity_1x): tidak berada di lajur")
    assert fix == "Letakkan di sebuah lajur."


def test_an_element_without_a_name_is_called_by_its_id() -> None:
    (line,) = told("manual kerja formRef=isi")
    assert line.startswith("p.bpmn:11: ditolak: Elemen “kerja”: memuat sifat “formRef”")


def test_a_finding_of_a_whole_file_names_no_element() -> None:
    assert words(found("file_not_bpmn"))[0] == "Berkas ini XML, tetapi bukan gambar BPMN."


def test_a_kind_of_element_is_named_in_indonesian() -> None:
    assert "gerbang kompleks belum dapat dijalankan" in finding_sentence(
        found("element_refused", kind="complexGateway")
    )
    assert kind_words("humanPerformer") == "“humanPerformer”"


def test_every_element_that_runs_has_a_name() -> None:
    runs = {kind for kind in _KNOWN if kind.endswith(("Task", "Gateway", "Event", "Process"))}
    assert runs <= KINDS.keys()


def test_an_unreadable_condition_says_where_and_what_is_expected() -> None:
    said = finding_sentence(found("expression_invalid", text="x >", error=invalid("x >")))
    assert said.endswith(
        "syaratnya tidak dapat dibaca. "
        "`x >` kolom 4: sesudah “>” diharapkan nilai, tetapi tulisannya sudah habis."
    )


def test_every_code_of_an_expression_has_words() -> None:
    files = [*(ENGINE / "expression").rglob("*.py"), ENGINE / "form" / "formula.py"]
    codes = {code for file in files for code in EXPRESSION_CODE.findall(file.read_text())}
    assert codes == set(expression_words.SENTENCES)


def test_what_a_trial_came_to_is_not_said_as_if_a_case_were_running() -> None:
    error = ExecutionFailed("", code="step_budget", steps=5_000, element="kerja")
    said = finding_sentence(found("trial_failed", error=error))
    assert "berputar lebih dari 5000 langkah" in said
    assert "Perkara tetap seperti semula" not in said


def test_a_form_is_worded_by_its_own_problem() -> None:
    problem = FormProblem(code=FormCode.COMPONENT_UNKNOWN, component="x", params={"type": "iframe"})
    assert "Jenis komponen “iframe” belum didukung" in finding_sentence(
        found("form_invalid", problem=problem)
    )


def test_lines_go_from_the_top_of_each_file_to_its_end_and_name_the_verdict() -> None:
    lines = told(
        "user kerja formRef=isi jobPriority=5\nmanual pulau\npulau -> selesai",
        isi=form_file({"type": "iframe"}, id="isi"),
    )
    places = [line.split(" ", 1)[0] for line in lines]
    assert places == ["isi.form:", "p.bpmn:12:", "p.bpmn:12:", "p.bpmn:13:"]
    assert sum("peringatan:" in line for line in lines) == 1


def test_a_map_without_findings_has_no_lines() -> None:
    assert told("user kerja formRef=isi", isi=form_of("isi", "catatan")) == []


def test_a_finding_without_a_line_is_placed_by_its_file() -> None:
    finding = Finding(severity=Severity.ERROR, code="package_empty", file="")
    assert finding_line(finding).startswith("ditolak: Tidak ada gambar proses")
