"""Each connector is in the table, and each service task of the shipped maps has somebody who does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.connectors import CONNECTORS, OWN
from engine.process import DONE_BY_PROGRAMS
from engine.source import read_source
from engine.waits import CONNECTOR_PREFIX

ROOT = Path(__file__).parents[3]
NO_CONNECTORS = {"__init__", "connector", "report"}
MAPS = sorted((ROOT / "processes").rglob("*.bpmn"))


def test_every_module_of_a_connector_is_in_the_table() -> None:
    modules = {path.stem for path in (ROOT / "engine" / "connectors").glob("*.py")}
    in_table = {type(each).__module__.rpartition(".")[2] for each in CONNECTORS.values()}
    assert modules - NO_CONNECTORS == in_table


def test_topics_of_connectors_begin_as_the_rows_of_their_jobs_do() -> None:
    assert OWN == CONNECTOR_PREFIX
    assert all(topic.startswith(OWN) for topic in CONNECTORS)


@pytest.mark.parametrize("path", MAPS, ids=lambda path: str(path.stem))
def test_every_service_task_of_a_shipped_map_has_a_connector_or_waits_for_work_outside(
    path: Path,
) -> None:
    source = read_source(path.read_bytes(), file=path.name)
    elements = [e for process in source.processes for e in process.elements.values()]
    topics = {e.topic for e in elements if e.kind in DONE_BY_PROGRAMS}
    assert "" not in topics
    assert {topic for topic in topics if topic.startswith(OWN)} <= CONNECTORS.keys()
