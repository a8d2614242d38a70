"""What is sent and what may be written: only the fields that a form opens, to who it opens them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from web_kit import Caller, parts_of

from engine.actor import Signature
from engine.ids import AgencyId
from engine.variables import object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    Desk = Callable[[str], Caller]

FORM = {
    "type": "default",
    "id": "periksa",
    "schemaVersion": 19,
    "components": [
        {"type": "textfield", "key": "catatan", "label": "Catatan", "id": "a"},
        {
            "type": "textfield",
            "key": "nilai",
            "label": "Nilai",
            "id": "b",
            "readonly": True,
        },
        {
            "type": "textfield",
            "key": "rahasia",
            "label": "Rahasia",
            "id": "c",
            "conditional": {"hide": '=catatan != "buka"'},
        },
    ],
}
DRAWING = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
 modeler:executionPlatform="Camunda Platform" targetNamespace="http://alur.example/tests">
 <bpmn:process id="uji_isian" name="Uji isian" isExecutable="true">
 <bpmn:laneSet id="lajur"><bpmn:lane id="subbag_umum" name="Umum"><bpmn:flowNodeRef>mulai</bpmn:flowNodeRef>
 <bpmn:flowNodeRef>periksa</bpmn:flowNodeRef><bpmn:flowNodeRef>selesai</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
 <bpmn:startEvent id="mulai"/>
 <bpmn:userTask id="periksa" name="Memeriksa" camunda:formRef="periksa" camunda:formRefBinding="deployment"/>
 <bpmn:endEvent id="selesai"/>
 <bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
 <bpmn:sequenceFlow id="f2" sourceRef="periksa" targetRef="selesai"/>
 </bpmn:process></bpmn:definitions>"""


@pytest.fixture
def clerk(app: Flask, desk: Desk) -> Caller:
    """Give the desk of an officer who may start the process."""
    package = {"uji.bpmn": DRAWING.encode(), "periksa.form": json.dumps(FORM).encode()}
    parts_of(app).runtime.deploy(package, agency=AgencyId("pasuruan"), by=Signature.of_system())
    return desk("umum")


def variables(app: Flask) -> Mapping[str, object]:
    """Give the variables of the only case."""
    asked = "SELECT variables FROM instances"
    stored = parts_of(app).database.read(lambda c: c.exec_driver_sql(asked).scalar_one())
    (scope,) = object_of(bytes(stored)).values()
    assert isinstance(scope, dict)
    return scope


def test_a_read_only_field_is_not_written(app: Flask, clerk: Caller) -> None:
    page = clerk.start("Uji isian")
    clerk.send(page, {"catatan": "biasa", "nilai": "diubah"})
    assert "diubah" not in str(variables(app))


def test_a_hidden_field_is_not_written(app: Flask, clerk: Caller) -> None:
    page = clerk.start("Uji isian")
    clerk.send(page, {"catatan": "biasa", "rahasia": "diselundupkan"})
    assert "diselundupkan" not in str(variables(app))


def test_a_field_that_is_shown_is_written(app: Flask, clerk: Caller) -> None:
    page = clerk.send(clerk.start("Uji isian"), {"catatan": "buka"})  # the field appears
    clerk.send(page, {"catatan": "buka", "rahasia": "diisi"})
    assert variables(app)["rahasia"] == "diisi"


@pytest.mark.parametrize("name", ["unit_pembuat", "__builtins__", "_holder", "nomor"])
def test_a_field_that_the_form_does_not_have_is_not_written(
    app: Flask, clerk: Caller, name: str
) -> None:
    page = clerk.start("Uji isian")
    clerk.send(page, {"catatan": "biasa", name: "diselundupkan"})
    assert "diselundupkan" not in str(variables(app))
