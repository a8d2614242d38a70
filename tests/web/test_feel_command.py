"""`alur feel`: the value as JSON, the error with its place, and what can't be read around it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from web import cli

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def context(tmp_path: Path) -> str:
    """Give a file with the data of a case."""
    file = tmp_path / "data.json"
    file.write_text(
        '{"jumlah_berkas": 7, "tanggal": "2026-11-21", "biaya": 0.10, "Nama Lengkap": "Budi"}'
    )
    return str(file)


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["feel", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["jumlah_berkas >= 5"], "true"),
        (["= biaya + 0.20"], "0.3"),
        (["Nama Lengkap"], '"Budi"'),
        (['date(tanggal) + duration("P14D")'], '"2026-12-05"'),
        (["now()", "--now", "2026-11-21T08:30:00+07:00"], '"2026-11-21T08:30:00+07:00"'),
        (["today()", "--now", "2026-11-21T23:30:00"], '"2026-11-21"'),
        (["${jumlah_berkas > 10 ? 'ya' : 'tidak'}"], '"tidak"'),
        (["jumlah_berkas gt 5", "--language", "juel"], "true"),
        (["Ada ${jumlah_berkas} berkas", "--language", "juel"], '"Ada 7 berkas"'),
        (["[1..5]", "--unary", "--value", "5"], "true"),
        (["< jumlah_berkas, 100", "--unary", "--value", "8"], "false"),
        (["not(1)", "--unary"], "true"),
        (["{b: 1, a: [2.50]}"], '{"a":[2.5],"b":1}'),
    ],
)
def test_the_value_is_written_as_canonical_json(
    context: str, capsys: Capture, arguments: list[str], value: str
) -> None:
    assert run(capsys, *arguments, "--context", context) == (0, f"{value}\n", "")


def test_an_expression_can_come_from_the_input(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1 +\n  2"))
    assert run(capsys, "-") == (0, "3\n", "")


def test_an_error_is_said_with_its_place_under_the_expression(capsys: Capture) -> None:
    code, out, err = run(capsys, "jumlah > ")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "`jumlah > ` kolom 9: sesudah “>” diharapkan nilai, tetapi tulisannya sudah habis.",
        "",
        "    jumlah > ",
        "            ^",
    ]


def test_an_error_can_be_had_as_json(capsys: Capture) -> None:
    code, out, err = run(capsys, "1 +\n 2 +* 3", "--json")
    found = json.loads(err)
    assert (code, out) == (1, "")
    assert (found["code"], found["line"], found["column"]) == ("expression_syntax", 2, 5)
    assert found["sentence"].startswith("` 2 +* 3` baris 2 kolom 5: sesudah “+”")


def test_a_value_that_juel_does_not_have_is_an_error_too(capsys: Capture) -> None:
    code, out, err = run(capsys, "${tidak_ada == null}")
    assert (code, out) == (1, "")
    assert "data “tidak_ada” tidak ada dalam perkara ini" in err


def test_a_name_that_is_nowhere_is_a_warning_with_the_one_that_may_be_meant(
    context: str, capsys: Capture
) -> None:
    code, out, err = run(capsys, "jumlah_berka > 5", "--context", context)
    assert (code, out) == (0, "null\n")
    assert err == (
        "Peringatan: data “jumlah_berka” tidak ada; dianggap kosong. Maksud Anda “jumlah_berkas”?\n"
    )


@pytest.mark.parametrize("content", [None, "{", "[1]", '{"a": NaN}'])
def test_a_context_that_can_not_be_read_is_a_wrong_call(
    tmp_path: Path, capsys: Capture, content: str | None
) -> None:
    file = tmp_path / "rusak.json"
    if content is not None:
        file.write_text(content)
    code, out, err = run(capsys, "1", "--context", str(file))
    assert (code, out) == (2, "")
    assert err.endswith(".\n")


@pytest.mark.parametrize("wrong", [["--now", "kemarin"], ["--language", "python"]])
def test_a_wrong_option_is_a_wrong_call(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["feel", "1", *wrong])
    assert end.value.code == 2
