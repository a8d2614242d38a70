from __future__ import annotations

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.errors import NotAllowed, NotFound
from engine.history import InstanceStarted
from engine.ids import DefinitionId
from engine.store import InstanceState

STEP = """
    start mulai
    manual kerja
    end selesai
    mulai -> kerja
    kerja -> selesai
"""


def test_a_case_is_started_by_a_holder_of_the_lane_of_its_start() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    instance = dinas.start(definition.id, "umum")
    case = dinas.case(instance)
    assert (case.state, case.revision, case.key) == (InstanceState.RUNNING, 1, "p")
    first = dinas.records(instance)[0]
    assert first.event == InstanceStarted(
        definition=definition.id, key="p", version=1, digest=definition.digest
    )
    assert first.by is not None
    assert (first.by.person, first.by.post) == ("umum", "umum")
    assert dinas.task(instance).element == "kerja"


def test_outside_the_lane_of_the_start_nobody_starts_a_case() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    with pytest.raises(NotAllowed) as refused:
        dinas.start(definition.id, "kepala")
    assert refused.value.code == "not_allowed_start"


def test_an_overseer_without_post_starts_no_case() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    with pytest.raises(NotAllowed):
        dinas.start(definition.id, "pengawas")


def test_a_process_of_another_agency_is_not_there() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    with pytest.raises(NotFound) as refused:
        dinas.start(definition.id, "tamu")
    assert refused.value.code == "not_found"


def test_a_definition_that_was_never_deployed_is_not_there() -> None:
    with pytest.raises(NotFound):
        Dinas().start(DefinitionId("tidak_ada"), "umum")


def test_a_recorder_starts_a_case_for_an_outside_party_and_does_its_steps() -> None:
    dinas = Dinas()
    lanes = {"warga": "mulai kerja", "petugas": "selesai"}
    source = drawn(STEP, lanes=lanes, recorders={"warga": "petugas"})
    instance = dinas.start(dinas.deploy_one({"p.bpmn": source}).id, "umum")
    started = dinas.records(instance)[0].event
    assert isinstance(started, InstanceStarted)
    assert started.on_behalf_of == "Lajur warga"
    task = dinas.task(instance)
    assert (task.lane, task.on_behalf_of) == ("petugas", "Lajur warga")


def test_a_recorder_may_be_named_on_the_process() -> None:
    lanes = {"warga": "mulai kerja", "petugas": "selesai"}
    source = drawn(STEP, lanes=lanes, properties={"dicatat_oleh.warga": "petugas"})
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": source})
    assert definition.starters == {"petugas"}


def test_a_business_key_is_kept() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    instance = dinas.runtime.start(
        definition.id, actor=dinas.person("umum"), request=dinas.request(), business_key="SPPD/7"
    )
    assert dinas.case(instance).business_key == "SPPD/7"


def test_a_case_without_a_step_for_people_ends_at_once() -> None:
    dinas = Dinas()
    lines = 'start a\nscript b script="1 + 1" scriptFormat=feel resultVariable=dua\nend c\na -> b\nb -> c'
    instance = dinas.start(dinas.deploy_one({"p.bpmn": drawn(lines)}).id, "umum")
    case = dinas.case(instance)
    assert (case.state, case.ended_at) == (InstanceState.COMPLETED, dinas.clock.now())
    assert dinas.values(instance) == {"dua": 2}
    assert dinas.tasks(instance) == ()


def test_a_running_case_stays_with_the_version_it_was_started_under() -> None:
    dinas = Dinas()
    old = dinas.deploy_one({"p.bpmn": drawn(STEP)})
    instance = dinas.start(old.id, "umum")
    dinas.deploy_one({"p.bpmn": drawn(STEP.replace("kerja", "periksa"))})
    task = dinas.task(instance)
    assert (task.definition, task.element) == (old.id, "kerja")
    dinas.complete(task, "umum")
    assert dinas.case(instance).definition == old.id
