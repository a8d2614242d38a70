"""Process D: one manual task for each of many items, all at once."""

from __future__ import annotations

SIZE = 500

_PROCESS = f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 targetNamespace="http://alur.example/bench"><bpmn:process id="berulang" name="Berulang" isExecutable="true">
<bpmn:laneSet id="lajur"><bpmn:lane id="staf" name="staf"><bpmn:flowNodeRef>mulai</bpmn:flowNodeRef>
<bpmn:flowNodeRef>tinjau</bpmn:flowNodeRef><bpmn:flowNodeRef>selesai</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
<bpmn:startEvent id="mulai"/><bpmn:manualTask id="tinjau" name="Tinjau"><bpmn:multiInstanceLoopCharacteristics>
<bpmn:loopCardinality>{SIZE}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:manualTask>
<bpmn:endEvent id="selesai"/>
<bpmn:sequenceFlow id="f0" sourceRef="mulai" targetRef="tinjau"/>
<bpmn:sequenceFlow id="f1" sourceRef="tinjau" targetRef="selesai"/></bpmn:process></bpmn:definitions>"""


def package() -> dict[str, bytes]:
    """Give the files as Alur deploys them."""
    return {"berulang.bpmn": _PROCESS.encode()}
