"""Process B: ten service tasks in a row; nobody does anything."""

from __future__ import annotations

from itertools import pairwise

KEY = "layanan"
STEPS = 10


def bpmn(*, for_alur: bool) -> bytes:
    """Give the process; in plain SpiffWorkflow, as in process A, a worker finishes a task for each service task."""
    service = (
        '<bpmn:serviceTask id="{id}" camunda:type="external" camunda:topic="catat"/>'
        if for_alur
        else '<bpmn:userTask id="{id}"/>'
    )
    ids = [f"langkah_{n}" for n in range(STEPS)]
    nodes = ["mulai", *ids, "selesai"]
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{source}" targetRef="{target}"/>'
        for n, (source, target) in enumerate(pairwise(nodes))
    )
    refs = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes)
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="http://alur.example/bench">'
        f'<bpmn:process id="{KEY}" name="Layanan" isExecutable="true">'
        f'<bpmn:laneSet id="lajur"><bpmn:lane id="staf" name="staf">{refs}</bpmn:lane></bpmn:laneSet>'
        f'<bpmn:startEvent id="mulai"/>{"".join(service.format(id=each) for each in ids)}'
        f'<bpmn:endEvent id="selesai"/>{flows}</bpmn:process></bpmn:definitions>'
    ).encode()


def package() -> dict[str, bytes]:
    """Give the files as Alur deploys them."""
    return {f"{KEY}.bpmn": bpmn(for_alur=True)}
