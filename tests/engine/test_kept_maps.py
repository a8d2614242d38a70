"""Processes that are only drawn: kept as they came, told in the agency's history, never run."""

from __future__ import annotations

import hashlib

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas

from engine.actor import Signature
from engine.gate import Refused
from engine.history import MapKept
from engine.ids import AgencyId
from engine.kept_map import KeptMap, what_is_missing

OFFICE = AgencyId("contoh")
STEP = "start mulai\nuser isi formRef=isi\nend selesai\nmulai -> isi\nisi -> selesai"
RUNNING = drawn(STEP)
MAP = RUNNING.replace(b'isExecutable="true"', b'isExecutable="false"')
FORM = {"isi.form": form_of("isi")}


def keep(dinas: Dinas, *sources: bytes) -> tuple[KeptMap, ...]:
    package = {f"p{n}.bpmn": source for n, source in enumerate(sources)}
    return dinas.runtime.put_in_force(package, agency=OFFICE, by=Signature.of_system()).maps


def test_a_map_is_kept_byte_for_byte_and_told_in_the_history_of_the_agency() -> None:
    dinas = Dinas()
    (kept,) = keep(dinas, MAP)
    assert (kept.key, kept.version, kept.source, kept.resource) == ("p", 1, MAP, "p0.bpmn")
    assert dinas.office_records()[-1].event == MapKept(
        map=kept.id,
        key="p",
        name=kept.name,
        version=1,
        digest=hashlib.sha256(MAP).hexdigest(),
        resource="p0.bpmn",
    )
    assert dinas.store.transact(lambda tx: tx.find_map(OFFICE, "p")) == kept
    assert dinas.store.transact(lambda tx: tx.find_latest(OFFICE, "p")) is None


def test_the_same_file_again_is_no_new_version_and_a_changed_one_is() -> None:
    dinas = Dinas()
    keep(dinas, MAP)
    before = dinas.office_records()
    assert keep(dinas, MAP) == ()
    assert dinas.office_records() == before
    (second,) = keep(dinas, MAP + b"\n")
    assert second.version == 2


def test_a_package_with_one_refused_file_keeps_no_map_of_the_others() -> None:
    dinas = Dinas()
    with pytest.raises(Refused):
        keep(dinas, MAP, drawn(STEP, key="lain"))
    assert dinas.store.transact(lambda tx: tx.find_map(OFFICE, "p")) is None


def test_a_map_of_a_process_in_force_is_kept_with_a_warning_and_that_goes_on() -> None:
    dinas = Dinas()
    (running,) = dinas.deploy({"p.bpmn": RUNNING, **FORM}).values()
    put = dinas.runtime.put_in_force({"p.bpmn": MAP}, agency=OFFICE, by=Signature.of_system())
    assert [(f.code, f.params) for f in put.findings if f.code == "map_of_running"] == [
        ("map_of_running", {"version": running.version})
    ]
    assert dinas.store.transact(lambda tx: tx.find_latest(OFFICE, "p")) == running


def test_what_is_missing_is_what_the_rules_say_of_the_file_as_it_was_kept() -> None:
    (kept,) = keep(Dinas(), MAP)
    missing = what_is_missing(kept, is_known=lambda _key: False)
    assert [(f.code, f.element_id) for f in missing] == [
        ("not_executable", "p"),
        ("form_not_there", "isi"),
    ]


def test_forms_alone_are_put_in_force_by_nothing() -> None:
    with pytest.raises(Refused) as refused:
        Dinas().deploy(FORM)
    assert [f.code for f in refused.value.findings] == ["package_empty"]
