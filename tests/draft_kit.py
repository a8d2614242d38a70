"""Facts of small processes, written in a test, and what stands in the drawing that they draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"


def field(key: str, kind: str = "text", **more: object) -> dict[str, object]:
    """Give a field of a form."""
    return {"key": key, "label": key.capitalize(), "type": kind, **more}


def step(step_id: str, lane: str = "dalam", kind: str = "user", **more: object) -> dict[str, Any]:
    """Give a step; a user step has a form of one field."""
    form = {} if "form" in more or kind != "user" else {"form": [field("catatan")]}
    return {"id": step_id, "lane": lane, "name": f"Langkah {step_id}", "kind": kind, **form, **more}


def facts(*steps: dict[str, Any], **more: object) -> dict[str, Any]:
    """Give the facts of a process of these steps, which ends after the last."""
    return {
        "agency": "uji",
        "slug": "contoh-kecil",
        "code": "U1",
        "title": "Contoh kecil",
        "source": {"document": "Uji", "where": "hlm. 1"},
        "lanes": [
            {"id": "luar", "name": "Luar", "kind": "external"},
            {"id": "dalam", "name": "Dalam", "kind": "internal"},
            {"id": "atasan", "name": "Atasan", "kind": "internal"},
        ],
        "start": {"lane": "dalam", "trigger": "none"},
        "steps": list(steps),
        "ends": [{"id": "selesai", "after": steps[-1]["id"], "name": "Selesai"}],
        **more,
    }


def properties(owner: _Element) -> dict[str | None, str | None]:
    """Give the properties of an element."""
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return {p.get("name"): p.get("value") for p in owner.findall(path)}
