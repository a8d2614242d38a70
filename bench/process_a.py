"""Process A, surat keluar: draft, review (once back for revision), number, sign, send, a service task, end; three lanes, seven user steps."""

from __future__ import annotations

import json

KEY = "surat_keluar_a"

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'targetNamespace="http://alur.example/bench">'
)
_STEPS = {
    "susun": "staf",
    "periksa": "kepala",
    "beri_nomor": "sekretaris",
    "tanda_tangani": "kepala",
    "kirim": "staf",
}
_FLOWS = (
    ("mulai", "susun", ""),
    ("susun", "periksa", ""),
    ("periksa", "hasil", ""),
    ("hasil", "susun", "revisi"),
    ("hasil", "beri_nomor", "setuju"),
    ("beri_nomor", "tanda_tangani", ""),
    ("tanda_tangani", "kirim", ""),
    ("kirim", "catat", ""),
    ("catat", "selesai", ""),
)
WALK = ("susun", "periksa", "susun", "periksa", "beri_nomor", "tanda_tangani", "kirim")
"""The user steps of one case, in order; the first review sends it back."""

FIELDS = tuple(f"isian_{n:02}" for n in range(20))


def form_values() -> dict[str, str]:
    """Give the 20 fields of the first step: about 1.5 kB as JSON."""
    return {name: f"Isian contoh untuk {name}, kira-kira sepanjang ini saja" for name in FIELDS}


def decision(visit: int) -> str:
    """Give the decision at a later step: the first review asks for a revision."""
    return "revisi" if visit == 1 else "setuju"


def values_at(step: str, visit: int) -> dict[str, str]:
    """Give what is sent at a step."""
    return form_values() if step == "susun" else {"keputusan": decision(visit)}


def bpmn(*, for_alur: bool) -> bytes:
    """Give the process, with JUEL conditions and forms for Alur, or with Python ones for plain SpiffWorkflow.

    The service task waits for a worker outside; plain SpiffWorkflow has none, so there a task that a worker finishes stands
    for it. In both its completion is a transaction of its own.
    """
    lanes = "".join(
        f'<bpmn:lane id="{lane}" name="{lane}">{_refs(lane)}</bpmn:lane>'
        for lane in dict.fromkeys(_STEPS.values())
    )
    steps = "".join(
        f'<bpmn:userTask id="{step}" name="{step}"{_form(step) if for_alur else ""}/>'
        for step in _STEPS
    )
    service = (
        '<bpmn:serviceTask id="catat" camunda:type="external" camunda:topic="catat"/>'
        if for_alur
        else '<bpmn:userTask id="catat"/>'
    )
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{source}" targetRef="{target}">'
        f"{_condition(value, for_alur=for_alur)}</bpmn:sequenceFlow>"
        for n, (source, target, value) in enumerate(_FLOWS)
    )
    default = "" if for_alur else ' default="f4"'
    return (
        f'{_HEAD}<bpmn:process id="{KEY}" name="Surat keluar A" isExecutable="true">'
        f'<bpmn:laneSet id="lajur">{lanes}</bpmn:laneSet>'
        f'<bpmn:startEvent id="mulai"/>{steps}'
        f'<bpmn:exclusiveGateway id="hasil" name="Hasil"{default}/>{service}'
        f'<bpmn:endEvent id="selesai"/>{flows}</bpmn:process></bpmn:definitions>'
    ).encode()


def package() -> dict[str, bytes]:
    """Give the files as Alur deploys them."""
    first = [{"type": "textfield", "key": name, "label": name, "id": name} for name in FIELDS]
    later = [{"type": "textfield", "key": "keputusan", "label": "Keputusan", "id": "keputusan"}]
    forms = {
        f"{KEY}_{step}.form": _form_file(step, first if step == "susun" else later)
        for step in _STEPS
    }
    return {f"{KEY}.bpmn": bpmn(for_alur=True), **forms}


def _refs(lane: str) -> str:
    inside = [step for step, at in _STEPS.items() if at == lane]
    inside += ["mulai", "hasil", "catat", "selesai"] if lane == "staf" else []
    return "".join(f"<bpmn:flowNodeRef>{step}</bpmn:flowNodeRef>" for step in inside)


def _form(step: str) -> str:
    return f' camunda:formRef="{KEY}_{step}" camunda:formRefBinding="deployment"'


def _condition(value: str, *, for_alur: bool) -> str:
    if not value or (not for_alur and value == "setuju"):
        return ""
    text = f"keputusan == '{value}'"
    return (
        '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
        f"{'${' + text + '}' if for_alur else text}</bpmn:conditionExpression>"
    )


def _form_file(step: str, components: list[dict[str, str]]) -> bytes:
    return json.dumps(
        {
            "id": f"{KEY}_{step}",
            "type": "default",
            "schemaVersion": 19,
            "executionPlatform": "Camunda Platform",
            "executionPlatformVersion": "7.24.0",
            "components": components,
        }
    ).encode()
