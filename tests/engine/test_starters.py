from __future__ import annotations

import pytest
from engine_maps import drawn
from engine_office import Dinas
from message_kit import throwing
from town import Town

from engine.actor import Signature
from engine.errors import NotAllowed
from engine.ids import AgencyId
from engine.rule import Severity

LINES = "start mulai initiator=pemulai\nmanual kerja assignee=${pemulai}\nend selesai\nmulai -> kerja\nkerja -> selesai"


def starting(attributes: str) -> dict[str, bytes]:
    """Give a package whose process says who may start it."""
    source = drawn(LINES).replace(b'id="p" ', f'id="p" {attributes} '.encode())
    assert attributes.encode() in source
    return {"p.bpmn": source}


@pytest.mark.parametrize(
    "attributes",
    [
        'camunda:candidateStarterGroups="bidang, kepala"',
        'camunda:candidateStarterUsers="bidang"',
        'camunda:candidateStarterGroups="pimpinan" camunda:candidateStarterUsers="bidang"',
    ],
)
def test_only_those_start_a_process_whom_its_drawing_names_of_the_lane(attributes: str) -> None:
    dinas = Dinas()
    definition = dinas.deploy_one(starting(attributes))
    with pytest.raises(NotAllowed) as refused:
        dinas.start(definition.id, "umum")
    assert refused.value.code == "not_allowed_starter"
    dinas.start(definition.id, "bidang")


def test_who_is_named_as_starter_and_stands_for_another_lane_does_not_start() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one(starting('camunda:candidateStarterUsers="kepala"'))
    with pytest.raises(NotAllowed) as refused:
        dinas.start(definition.id, "kepala")
    assert refused.value.code == "not_allowed_start"


def test_a_process_that_is_not_on_the_list_is_started_by_nobody() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one(starting('camunda:isStartableInTasklist="false"'))
    with pytest.raises(NotAllowed) as refused:
        dinas.start(definition.id, "umum")
    assert refused.value.code == "not_allowed_start"


def test_who_starts_a_case_is_a_variable_that_can_give_a_task() -> None:
    dinas = Dinas()
    case = dinas.start(dinas.deploy_one(starting('camunda:versionTag="2026"')).id, "bidang")
    assert dinas.values(case)["pemulai"] == "bidang"
    assert dinas.task(case).holder == "bidang"


def test_a_case_that_nobody_starts_knows_no_starter() -> None:
    lines = LINES.replace("start mulai", "start mulai signal=libur").replace("assignee", "name")
    town = Town({"dengar.bpmn": drawn(lines, key="dengar")}, throwing("signal=libur"))
    town.begin("lempar", nomor="9")
    town.courier.run()
    (begun,) = town.cases("dengar")
    assert town.values(begun)["pemulai"] is None


def test_a_starter_that_the_office_does_not_have_is_warned_of() -> None:
    dinas = Dinas()
    package = starting(
        'camunda:candidateStarterGroups="bidang,dinas" camunda:candidateStarterUsers="x"'
    )
    prepared = dinas.runtime.put_in_force(
        package, agency=AgencyId("contoh"), by=Signature.of_system()
    )
    (found,) = prepared.findings
    assert (found.code, found.severity) == ("starter_unknown", Severity.WARNING)
    assert found.params == {"names": "dinas, x"}


def test_a_version_keeps_its_tag_and_how_long_its_cases_are_to_be_kept() -> None:
    said = 'camunda:versionTag="2026-a" camunda:historyTimeToLive="P5Y"'
    definition = Dinas().deploy_one(starting(said))
    assert (definition.tag, definition.retention) == ("2026-a", "P5Y")
