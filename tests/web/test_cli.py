from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from decision_kit import dmn, table
from engine_maps import drawn
from service_kit import called
from web_kit import Caller

from engine.chain import agency_chain
from engine.history import PasswordChanged
from engine.ids import AgencyId
from storage.history import list_records
from web import cli, create_app
from web.commands.settings import settings_here

ROOT = Path(__file__).parents[2]
LETTER = sorted(map(str, (ROOT / "forms/pasuruan/surat-keluar").glob("*.form")))
OFFICE = ("--agency", "pasuruan")
MAP = str(ROOT / "processes/pasuruan/surat-keluar.bpmn")


@pytest.fixture(autouse=True)
def settings(first_morning: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line work on a copy of the demonstration."""
    file = tmp_path / "alur.sqlite3"
    file.write_bytes(first_morning.read_bytes())
    monkeypatch.setenv("ALUR_DATABASE_URL", f"sqlite:///{file}")


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0
    assert cli.COMMANDS[command].SUMMARY in " ".join(capsys.readouterr().out.split())


def test_a_command_that_is_not_there_is_a_wrong_call() -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["terbang"])
    assert end.value.code == 2


@pytest.mark.parametrize("arguments", [["worker"], ["worker", "--once"]])
def test_a_worker_beside_sqlite_is_refused_with_a_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 1
    assert "pekerja sudah ada di dalam `alur run`" in capsys.readouterr().err


def test_a_decision_alone_is_found_valid_and_put_in_force_by_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "keputusan"
    folder.mkdir()
    file = folder / "nilai.dmn"
    file.write_bytes(dmn(table()))
    (folder / "catatan.txt").write_text("bukan untuk Alur")
    assert cli.main(["validate", str(file)]) == 0
    assert f"{file}: berjalan" in capsys.readouterr().out
    assert cli.main(["deploy", str(folder), *OFFICE]) == 0
    assert "Berlaku: keputusan Nilai koperasi (nilai) versi 1" in capsys.readouterr().out


def test_a_map_that_runs_is_found_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", MAP, *LETTER]) == 0
    assert "Pelayanan Surat Keluar (pasuruan_surat_keluar): berjalan" in capsys.readouterr().out


def test_a_map_without_its_forms_is_refused_with_every_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["validate", "--json", MAP]) == 1
    (said,) = json.loads(capsys.readouterr().out)
    assert set(said) == {"file", "verdict", "findings"}
    assert (said["file"], said["verdict"]) == (MAP, "ditolak")
    assert {(f["severity"], f["rule"]) for f in said["findings"]} == {("error", "forms_there")}
    assert len(said["findings"]) == len(LETTER)
    shape = {"severity", "rule", "element_id", "element_name", "line", "message", "fix"}
    assert all(set(f) == shape and all(f.values()) for f in said["findings"])


def test_a_map_that_is_only_drawn_does_not_run_but_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bizagi.bpmn"
    lines = "start a\nmanual b\nend c\na -> b\nb -> c"
    file.write_bytes(drawn(lines, key="bizagi").replace(b'isExecutable="true"', b""))
    assert cli.main(["validate", "--json", str(file)]) == 1
    (said,) = json.loads(capsys.readouterr().out)
    assert said["verdict"] == "peta saja"
    assert [(f["severity"], f["rule"]) for f in said["findings"]] == [("missing", "executable")]
    assert cli.main(["deploy", str(file), *OFFICE]) == 0
    assert "Disimpan sebagai peta saja: bizagi (bizagi)" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", "/tidak/ada.bpmn"]) == 2
    assert "/tidak/ada.bpmn" in capsys.readouterr().err


def test_a_service_that_a_map_calls_and_no_setting_lists_is_named_when_it_is_deployed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "panggil.bpmn"
    file.write_bytes(called())
    assert cli.main(["deploy", str(file), *OFFICE]) == 0
    assert "https://a.go.id:443, yang tidak ada di ALUR_HTTP_HOSTS" in capsys.readouterr().out
    monkeypatch.setenv("ALUR_HTTP_HOSTS", "a.go.id")
    assert cli.main(["deploy", str(file), *OFFICE]) == 0
    assert "ALUR_HTTP_HOSTS" not in capsys.readouterr().out


def test_a_map_is_deployed_and_keeps_its_version_when_nothing_changed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["deploy", MAP, *LETTER, *OFFICE]) == 0
    assert "Pelayanan Surat Keluar (pasuruan_surat_keluar) versi 1" in capsys.readouterr().out


def test_a_deployment_warns_of_a_lane_that_nobody_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing = tmp_path / "baru.bpmn"
    lines = "start a\nmanual b\nend c\na -> b\nb -> c"
    drawing.write_bytes(drawn(lines, key="baru", lanes={"bidang_baru": "a b c"}))
    assert cli.main(["deploy", str(drawing), *OFFICE]) == 0
    said = capsys.readouterr().out
    assert "peringatan: Lajur “Lajur bidang_baru” (bidang_baru): belum dipegang jabatan" in said
    assert "Berlaku: baru (baru) versi 1" in said


def test_a_refused_deployment_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["deploy", MAP, *OFFICE]) == 1
    assert "Tidak ada yang diberlakukan." in capsys.readouterr().out


def test_of_several_agencies_one_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["deploy", MAP, *LETTER]) == 1
    assert "pacitan, pasuruan" in (said := capsys.readouterr().err)
    assert "--agency" in said


def test_an_unknown_agency_is_named_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["deploy", MAP, *LETTER, "--agency", "pati"]) == 1
    assert "“pati”" in (said := capsys.readouterr().err)
    assert "pasuruan" in said


def test_a_person_is_added_and_can_sign_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type_in(monkeypatch, "kata sandi baru\n")
    new = ["user", "add", "baru", "--name", "Staf Baru", "--post", "caraka", *OFFICE]
    assert cli.main(new) == 0
    assert cli.main(["user", "list"]) == 0
    assert "baru\tStaf Baru\tCaraka\tstaff" in capsys.readouterr().out
    app = create_app(settings_here())
    assert Caller(app).sign_in("baru", "kata sandi baru").path == "/tugas"
    app.extensions["alur"].database.close()


def test_accounts_are_listed_beside_a_running_alur(capsys: pytest.CaptureFixture[str]) -> None:
    running = create_app(settings_here())
    assert cli.main(["user", "list", "--json"]) == 0
    running.extensions["alur"].database.close()
    logins = [person["login"] for person in json.loads(capsys.readouterr().out)]
    assert {"kepala", "caraka", "admin"} <= set(logins)


def test_a_password_given_to_somebody_may_have_to_be_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _type_in(monkeypatch, "kata sandi lain\n")
    assert cli.main(["user", "password", "caraka", "--must-change"]) == 0
    app = create_app(settings_here())
    assert Caller(app).sign_in("caraka", "kata sandi lain").path == "/akun/sandi"
    app.extensions["alur"].database.close()


def test_a_changed_password_opens_and_the_old_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _type_in(monkeypatch, "kata sandi lain\n")
    assert cli.main(["user", "password", "caraka"]) == 0
    app = create_app(settings_here())
    assert Caller(app).sign_in("caraka").status == 422
    assert Caller(app).sign_in("caraka", "kata sandi lain").status == 200
    database = app.extensions["alur"].database
    office = agency_chain(AgencyId("pasuruan"))
    events = [r.event for r in database.read(lambda c: list_records(c, office))]
    assert [e.login for e in events if isinstance(e, PasswordChanged)] == ["caraka"]
    database.close()


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["add", "Besar!", "--name", "X", *OFFICE], "kata sandi baru\n", "Besar!"),
        (["add", "kecil", "--name", "X", *OFFICE], "pendek\n", "paling sedikit 12"),
        (["add", "kepala", "--name", "X", *OFFICE], "kata sandi baru\n", "kepala"),
        (["add", "kecil", "--name", "X", "--post", "raja", *OFFICE], "kata sandi baru\n", "raja"),
        (["password", "tidakada"], "kata sandi baru\n", "tidakada"),
    ],
)
def test_a_wrong_account_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    typed: str,
    said: str,
) -> None:
    _type_in(monkeypatch, typed)
    assert cli.main(["user", *arguments]) == 1
    assert said in capsys.readouterr().err


def _type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
