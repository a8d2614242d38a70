"""Forms for tests: files as Camunda Modeler writes them, and forms of a single field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.form import Form, RawSubmission, StoredFile, Submission, read_form

if TYPE_CHECKING:
    from engine.variables import Value

Json = dict[str, object]

OPTIONS = [{"value": "revisi", "label": "Perlu revisi"}, {"value": "setuju", "label": "Disetujui"}]
REQUIRED = {"validate": {"required": True}}
DIGEST = "a" * 64
DRAFT = StoredFile(name="draf.docx", digest=DIGEST, size=86_016, content_type="application/msword")

LINE: Json = {"type": "textfield"}
AREA: Json = {"type": "textarea"}
NUMBER: Json = {"type": "number", "appearance": {"prefixAdorner": "Rp"}, "decimalDigits": 2}
DATE: Json = {"type": "datetime", "subtype": "date"}
MOMENT: Json = {"type": "datetime", "subtype": "datetime"}
SELECT: Json = {"type": "select", "values": OPTIONS}
RADIO: Json = {"type": "radio", "values": OPTIONS}
CHECKLIST: Json = {"type": "checklist", "values": OPTIONS}
CHECKBOX: Json = {"type": "checkbox"}


def form_file(*components: object, **properties: object) -> bytes:
    """Give a form file with these components, as Camunda Modeler writes it."""
    form = {
        "components": components,
        "type": "default",
        "id": "contoh",
        "executionPlatform": "Camunda Platform",
        "executionPlatformVersion": "7.24.0",
        "exporter": {"name": "Camunda Modeler", "version": "5.40.0"},
        "schemaVersion": 19,
    }
    return json.dumps({**form, **properties}).encode()


def form_with(*components: object) -> Form:
    """Give a form with these components."""
    return read_form(form_file(*components), file="contoh.form")


def isi(component: Json) -> Json:
    """Give the component with a key and a label."""
    label = "dateLabel" if component["type"] == "datetime" else "label"
    return {"key": "isi", label: "Isi", **component}


def read_one(component: Json, *texts: str) -> Submission:
    """Read a form of one field from the texts that a page sent for it."""
    raw = RawSubmission(values={"isi": texts} if texts else {})
    return form_with(isi(component)).read(raw, {})


def value_of(component: Json, *texts: str) -> Value:
    """Give the value that a field makes of the texts; nothing may be wrong with them."""
    submission = read_one(component, *texts)
    assert submission.errors == ()
    return submission.values["isi"]


def problem_of(component: Json, *texts: str) -> tuple[str, dict[str, str]]:
    """Give the code and the parameters of the one thing that is wrong with the texts."""
    submission = read_one(component, *texts)
    (error,) = submission.errors
    assert submission.values["isi"] is None
    assert (error.name, error.place) == ("isi", ("Isi",))
    return str(error.code), dict(error.params)


def typed_value(component: Json, value: Value) -> object:
    """Read a form of one field from a typed value; give the value, or the code of what is wrong."""
    submission = form_with(isi(component)).read_json({"isi": value})
    codes = [str(error.code) for error in submission.errors]
    return codes[0] if codes else submission.values["isi"]
