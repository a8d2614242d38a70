"""Maps with a business rule task, for the rules of the gate: in order, and one for each thing that can be wrong."""

from __future__ import annotations

from decision_kit import asked, dmn, table
from engine_maps import drawn, form_of

_LINE = "start mulai\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
_RULE = (
    "rule kerja decisionRef=nilai decisionRefBinding=deployment resultVariable=hasil {}\n" + _LINE
)


def _ruled(said: str) -> bytes:
    return drawn(f"rule kerja {said}\n{_LINE}")


def _called(**attributes: str) -> bytes:
    told = {"decisionId": "nilai", "resultVariable": "hasil", **attributes}
    return asked(_ruled(""), "kerja", told)


DECISIONS = drawn(_RULE.format("mapDecisionResult=collectEntries"))

DECISIONS_WRONG = {
    "decision_empty": _ruled("resultVariable=hasil"),
    "decision_expression": _ruled("decisionRef=${tabel} resultVariable=hasil"),
    "decision_tenant": drawn(_RULE.format("decisionRefTenantId=a")),
    "decision_attribute": _called(retries="3"),
    "decision_mapping": drawn(_RULE.format("mapDecisionResult=semua")),
    "decision_result_missing": _ruled("decisionRef=nilai"),
    "decision_binding": _called(bindingType="version"),
    "decision_version": drawn(_RULE.replace("=deployment", "=version").format("")),
    "decision_tag": drawn(_RULE.replace("=deployment", "=versionTag").format("")),
    "decision_unknown": _ruled("decisionRef=lain resultVariable=hasil"),
    "decision_not_brought": _called(decisionId="lain", bindingType="deployment"),
    "decision_version_unknown": drawn(
        _RULE.replace("=deployment", "=version").format("decisionRefVersion=7")
    ),
    "decision_tag_unknown": drawn(
        _RULE.replace("=deployment", "=versionTag").format("decisionRefVersionTag=lama")
    ),
}
"""A map for each finding, at the element `kerja`."""

_ASKING = (
    "start mulai\nuser isi formRef=isi\nend selesai\nrule kerja decisionRef=nilai "
    "mapDecisionResult=singleEntry resultVariable=hasil\nmulai -> isi\nisi -> kerja\nkerja -> selesai"
)


def asking_personal(personal: str) -> dict[str, bytes]:
    """Give a map that asks a decision about `catatan`, with a form where these fields are a person's."""
    return {
        "p.bpmn": drawn(_ASKING),
        "isi.form": form_of("isi", "catatan", "hasil", personal=personal),
        "nilai.dmn": dmn(table(inputs={"number(catatan)": "number"})),
    }
