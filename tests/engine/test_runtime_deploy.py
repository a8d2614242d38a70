from __future__ import annotations

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas

from engine.actor import Signature
from engine.errors import Conflict, NotFound
from engine.gate import Refused
from engine.history import DefinitionDeployed
from engine.ids import AgencyId, RequestId

ONE_STEP = """
    start mulai
    user isi formRef=isi name="Mengisi"
    end selesai
    mulai -> isi
    isi -> selesai
"""
CALLER = """
    start mulai
    call panggil calledElement=anak in=all
    end selesai
    mulai -> panggil
    panggil -> selesai
"""


def one_step(*keys: str, name: str = "Mengisi", key: str = "p") -> dict[str, bytes]:
    lines = ONE_STEP.replace("Mengisi", name)
    return {f"{key}.bpmn": drawn(lines, key=key), "isi.form": form_of("isi", *keys)}


def test_a_deployed_process_knows_its_lanes_its_starters_and_its_forms() -> None:
    dinas = Dinas()
    lanes = {"warga": "mulai", "kepala": "isi"}
    source = drawn(ONE_STEP, lanes=lanes, recorders={"warga": "petugas"})
    definition = dinas.deploy_one({"p.bpmn": source, "isi.form": form_of("isi", "catatan")})
    assert (definition.key, definition.version, definition.resource) == ("p", 1, "p.bpmn")
    assert definition.lanes == {"kepala"}
    assert definition.starters == {"petugas"}
    assert definition.source == source
    assert set(definition.forms) == {"isi"}
    assert dinas.runtime.program(definition.id).forms["isi"].keys == ("catatan",)


def test_a_package_is_deployed_whole_or_not_at_all() -> None:
    dinas = Dinas()
    wrong = drawn("start mulai\nuser isi formRef=hilang\nmulai -> isi", key="q")
    before = dinas.office_records()
    with pytest.raises(Refused) as refused:
        dinas.deploy({**one_step(), "q.bpmn": wrong})
    assert {f.file for f in refused.value.findings} == {"q.bpmn"}
    assert dinas.office_records() == before
    assert dinas.store.transact(lambda tx: tx.find_latest(AgencyId("contoh"), "p")) is None


def test_the_same_package_keeps_its_version_and_writes_nothing() -> None:
    dinas = Dinas()
    first = dinas.deploy_one(one_step("catatan"))
    before = dinas.office_records()
    assert dinas.deploy_one(one_step("catatan")) == first
    assert dinas.office_records() == before


@pytest.mark.parametrize(
    "changed",
    [one_step("catatan", "perihal"), one_step("catatan", name="Mengisi lagi")],
    ids=["form", "drawing"],
)
def test_a_changed_form_or_drawing_makes_a_new_version(changed: dict[str, bytes]) -> None:
    dinas = Dinas()
    first = dinas.deploy_one(one_step("catatan"))
    second = dinas.deploy_one(changed)
    assert (first.version, second.version) == (1, 2)
    assert second.id != first.id
    assert second.digest != first.digest


def test_a_form_that_no_step_names_changes_no_version() -> None:
    dinas = Dinas()
    first = dinas.deploy_one(one_step("catatan"))
    assert dinas.deploy_one({**one_step("catatan"), "lain.form": form_of("lain")}) == first


def test_a_caller_gets_a_new_version_when_its_called_process_changes_in_the_same_package() -> None:
    dinas = Dinas()
    caller = {"induk.bpmn": drawn(CALLER, key="induk")}
    first = dinas.deploy({**caller, **one_step("catatan", key="anak")})
    second = dinas.deploy({**caller, **one_step("perihal", key="anak")})
    assert first["induk"].calls == {"anak": first["anak"].id}
    assert (second["induk"].version, second["anak"].version) == (2, 2)
    assert second["induk"].calls == {"anak": second["anak"].id}


def test_a_call_stays_pinned_to_the_version_in_force_when_the_caller_was_deployed() -> None:
    dinas = Dinas()
    old = dinas.deploy_one(one_step("catatan", key="anak"))
    caller = {"induk.bpmn": drawn(CALLER, key="induk")}
    definition = dinas.deploy_one(caller)
    dinas.deploy_one(one_step("perihal", key="anak"))
    assert dinas.deploy_one(caller) == definition
    assert definition.calls == {"anak": old.id}
    task = dinas.task(dinas.start(definition.id, "umum"))
    assert (task.definition, task.element) == (old.id, "isi")


def test_who_works_in_a_called_process_has_a_part_in_the_cases_of_its_caller() -> None:
    dinas = Dinas()
    called = {
        "anak.bpmn": drawn(ONE_STEP, key="anak", lanes={"kepala": "mulai isi selesai"}),
        "isi.form": form_of("isi", "catatan"),
    }
    caller = {"induk.bpmn": drawn(CALLER, key="induk")}
    together = dinas.deploy({**called, **caller})["induk"]
    assert together.lanes == {"kepala"}
    assert dinas.deploy_one({"lain.bpmn": drawn(CALLER, key="lain")}).lanes == {"kepala"}


def test_a_call_to_a_process_of_another_agency_is_refused() -> None:
    dinas = Dinas()
    by = Signature.of_system()
    dinas.runtime.deploy(one_step(key="anak"), agency=AgencyId("lain"), by=by)
    with pytest.raises(Refused) as refused:
        dinas.deploy({"induk.bpmn": drawn(CALLER, key="induk")})
    assert [f.code for f in refused.value.findings] == ["call_unknown"]


def test_two_processes_that_call_each_other_for_ever_are_refused() -> None:
    other = drawn(CALLER.replace("anak", "induk"), key="anak")
    with pytest.raises(Refused) as refused:
        Dinas().deploy({"induk.bpmn": drawn(CALLER, key="induk"), "anak.bpmn": other})
    assert {f.code for f in refused.value.findings} == {"call_endless"}


def test_each_new_version_is_a_signed_event_of_the_agency() -> None:
    dinas = Dinas()
    definition = dinas.runtime.deploy(
        one_step("catatan"),
        agency=AgencyId("contoh"),
        by=Signature.of(dinas.person("kepala")),
        request=RequestId("kirim"),
    )[0]
    last = dinas.office_records()[-1]
    assert last.event == DefinitionDeployed(
        definition=definition.id, key="p", version=1, digest=definition.digest, resource="p.bpmn"
    )
    assert last.by is not None
    assert (last.by.person, last.request) == ("kepala", "kirim")


def test_each_agency_counts_its_own_versions() -> None:
    dinas = Dinas()
    dinas.deploy_one(one_step("catatan"))
    by = Signature.of_system()
    (other,) = dinas.runtime.deploy(one_step("perihal"), agency=AgencyId("lain"), by=by)
    assert (other.agency, other.version) == ("lain", 1)


def test_an_agency_that_is_not_there_can_deploy_nothing() -> None:
    with pytest.raises(NotFound):
        Dinas().runtime.deploy(one_step(), agency=AgencyId("tidak_ada"), by=Signature.of_system())


def test_a_process_that_is_only_drawn_is_not_deployed() -> None:
    source = drawn(ONE_STEP).replace(b'isExecutable="true"', b'isExecutable="false"')
    assert Dinas().deploy({"p.bpmn": source, "isi.form": form_of("isi")}) == {}


def test_a_login_is_given_once() -> None:
    with pytest.raises(Conflict):
        Dinas().hire("umum", agency="lain")


def test_an_account_with_a_post_that_is_not_there_is_refused() -> None:
    dinas = Dinas()
    before = dinas.office_records()
    with pytest.raises(NotFound):
        dinas.hire("baru", "tidak_ada")
    assert dinas.office_records() == before
