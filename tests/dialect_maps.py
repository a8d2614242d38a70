"""Maps that another engine would run with more than BPMN: for each sentence of the gate about it, one."""

from __future__ import annotations

from engine_maps import drawn

LINE = "start mulai\nend selesai\nmulai -> kerja\nkerja -> selesai\n"


def extended(inner: str, kind: str = "manual", said: str = "") -> bytes:
    """Give a map whose step `kerja` has these extension elements, and attributes as they stand."""
    source = drawn(f"{kind} kerja {said}\n{LINE}")
    holder = f"<bpmn:extensionElements>\n{inner}</bpmn:extensionElements>"
    opened = source.index(b'id="kerja"')
    closed = source.index(b">", opened)
    tag = source[source.rindex(b"<", 0, opened) + 1 : opened].strip()
    whole = source[closed - 1 : closed] == b"/"
    begin = source[: closed - whole]
    end = b"</" + tag + b">" if whole else b""
    return begin + b">" + holder.encode() + end + source[closed + 1 :]


def said(text: str, kind: str = "manual") -> bytes:
    """Give a map whose step `kerja` says this."""
    return drawn(f"{kind} kerja {text}\n{LINE}")


_SCRIPT = "script=1 scriptFormat=feel resultVariable=x"
_CALL = "calledElement=anak"

DIALECTS = extended(
    "<zeebe:properties><zeebe:property name='sop.nomor' value='1'/></zeebe:properties>"
    "<zeebe:assignmentDefinition candidateGroups='umum'/>"
)

DIALECTS_WRONG = {
    "task_untyped": (drawn(f"manual kerja\n{LINE}").replace(b"manualTask", b"task"), "kerja"),
    "extension_refused": (extended("<camunda:formData/>"), "kerja", "formData"),
    "extension_unknown": (extended("<camunda:formulir/>"), "kerja", "formulir"),
    "extension_without_effect": (
        extended("<camunda:failedJobRetryTimeCycle>R3/PT1M</camunda:failedJobRetryTimeCycle>"),
        "kerja",
        "<camunda:failed",
    ),
    "attribute_refused": (said("formRef=isi"), "kerja"),
    "attribute_unknown": (said("warna=merah"), "kerja"),
    "attribute_without_effect": (said("jobPriority=5"), "kerja"),
    "dialects_mixed": (
        extended("<zeebe:assignmentDefinition assignee='lina'/>", said="dueDate=2027-01-01"),
        "kerja",
    ),
    "program_class": (said("class=org.x.Y", "service"), "kerja"),
    "program_delegate": (said("delegateExpression=${bean}", "send"), "kerja"),
    "program_connector": (extended("<camunda:connector/>"), "kerja", "camunda:connector"),
    "program_field": (extended("<camunda:field/>"), "kerja", "camunda:field"),
    "program_listener": (
        extended("<camunda:executionListener class='x.Y'/>"),
        "kerja",
        "executionListener",
    ),
    "listener_expression": (
        extended("<camunda:taskListener expression='${x}'/>"),
        "kerja",
        "taskListener",
    ),
    "program_mapping": (said(f"{_CALL} variableMappingClass=x.Y", "call"), "kerja"),
    "form_handler": (said("formRef=isi formHandlerClass=x.Y", "user"), "kerja"),
    "form_property": (extended("<camunda:formProperty/>"), "kerja", "formProperty"),
    "form_version": (said("formRef=isi formRefBinding=version", "user"), "kerja"),
    "form_elsewhere": (
        extended("<zeebe:formDefinition formId='isi' externalReference='x'/>", "user"),
        "kerja",
        "formDefinition",
    ),
    "case_called": (said(f"{_CALL} caseRef=x", "call"), "kerja"),
    "call_calculated": (
        extended("<zeebe:calledElement processId='anak' processIdExpression='=x'/>", "call"),
        "kerja",
        "calledElement",
    ),
    "tenant_named": (said(f"{_CALL} calledElementTenantId=x", "call"), "kerja"),
    "work_kind": (said("type=mail", "service"), "kerja"),
    "work_error": (
        extended("<camunda:errorEventDefinition expression='${x}'/>", "service", "topic=x"),
        "kerja",
        "errorEventDefinition",
    ),
    "script_resource": (said(f"{_SCRIPT} resource=x.feel", "script"), "kerja"),
    "condition_language": (
        drawn(f"manual kerja\n{LINE}".replace("-> selesai", "-> selesai if x")).replace(
            b"<bpmn:conditionExpression", b'<bpmn:conditionExpression language="groovy"'
        ),
        "f1",
    ),
    "service_place": (
        extended("<zeebe:taskDefinition type='x'/>", "throw", "signal=s"),
        "kerja",
    ),
}
"""A map for each finding, its element, and what stands on its line."""
