"""Packages for the page *Unggah peta proses*: a small process with a form, and what can be wrong with it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from web_kit import Caller, Seen

PAGE = "/proses/unggah"
KEY = "izin_warung"
GROUP = "ol.found > li"
"""What was found at one element."""

_DI = """<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="{process}">
<bpmndi:BPMNShape id="s1" bpmnElement="mulai"><dc:Bounds x="40" y="60" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s2" bpmnElement="periksa"><dc:Bounds x="130" y="38" width="100" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s3" bpmnElement="selesai"><dc:Bounds x="290" y="60" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNEdge id="e1" bpmnElement="a"><di:waypoint x="76" y="78"/><di:waypoint x="130" y="78"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="e2" bpmnElement="b"><di:waypoint x="230" y="78"/><di:waypoint x="290" y="78"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"""


def drawn(name: str = "Izin warung", *, form: str = "izin", executable: bool = True) -> bytes:
    """Give a process of one step in a lane that a post of the demonstration has."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="f" targetNamespace="x">
<bpmn:process id="{KEY}" name="{name}" isExecutable="{str(executable).lower()}">
<bpmn:laneSet id="l"><bpmn:lane id="subbag_umum" name="Subbag Umum"><bpmn:flowNodeRef>mulai</bpmn:flowNodeRef>
<bpmn:flowNodeRef>periksa</bpmn:flowNodeRef><bpmn:flowNodeRef>selesai</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
<bpmn:startEvent id="mulai" name="Mulai"/>
<bpmn:userTask id="periksa" name="Memeriksa &lt;berkas&gt;" camunda:formRef="{form}" camunda:formRefBinding="deployment"/>
<bpmn:endEvent id="selesai" name="Selesai"/>
<bpmn:sequenceFlow id="a" sourceRef="mulai" targetRef="periksa"/>
<bpmn:sequenceFlow id="b" sourceRef="periksa" targetRef="selesai"/>
</bpmn:process>{_DI.format(process=KEY)}</bpmn:definitions>""".encode()


def form() -> bytes:
    """Give the form of the step."""
    field = {"type": "textfield", "key": "catatan", "label": "Catatan", "id": "Field_1"}
    head = {"id": "izin", "type": "default", "schemaVersion": 19}
    return json.dumps({**head, "components": [field]}).encode()


def package(name: str = "Izin warung") -> dict[str, bytes]:
    """Give a package that can be put in force."""
    return {"izin.bpmn": drawn(name), "izin.form": form()}


def checked(owner: Caller, files: Mapping[str, bytes] | list[tuple[str, bytes]]) -> Seen:
    """Choose files and press *Periksa*."""
    chosen = list(files.items()) if isinstance(files, dict) else list(files)
    hidden = owner.get(PAGE).form(PAGE)
    sent = [(io.BytesIO(content), name) for name, content in chosen]
    return owner.post(PAGE, {**hidden, "berkas": sent})


def enforced(owner: Caller, report: Seen) -> Seen:
    """Press *Berlakukan*."""
    action = report.answer.request.path
    return owner.post(action, report.form(action))


def groups(page: Seen) -> list[str]:
    """Give what was found, element by element."""
    return [" ".join(group.get_text(" ").split()) for group in page.page.select(GROUP)]
