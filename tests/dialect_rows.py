"""One row for each attribute that Camunda Modeler writes and Alur reads: an element, and the value of the field it goes to."""

from __future__ import annotations

from engine.call_ref import CallRef
from engine.decision.stored import Binding, DecisionRef
from engine.process import DataMapping, ElementKind, FormField

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://alur.example/tests">'
)


def inside(extensions: str, rest: str = "") -> str:
    """Give what an element holds."""
    return f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>{rest}"


def element(tag: str, attributes: str = "", inner: str = "") -> str:
    """Give a file with one process, and in it one element."""
    return of_process("", f'<bpmn:{tag} id="x" {attributes}>{inner}</bpmn:{tag}>')


def of_process(attributes: str, inner: str, beside: str = "") -> str:
    """Give a file with one process, and what is defined beside it."""
    process = f'<bpmn:process id="p" isExecutable="true" {attributes}>{inner}</bpmn:process>'
    return f"{HEAD}{process}{beside}</bpmn:definitions>"


def caught(tag: str, attributes: str = "", defined: str = "") -> str:
    """Give a file with an event that catches something defined beside the process."""
    event = f'<bpmn:{tag}EventDefinition {tag}Ref="m" {attributes}/>'
    holder = f'<bpmn:intermediateCatchEvent id="x">{event}</bpmn:intermediateCatchEvent>'
    return of_process("", holder, f'<bpmn:{tag} id="m" {defined}</bpmn:{tag}>')


def thrown(attributes: str) -> str:
    """Give a file with a message event whose message a program or a script sends."""
    return element("intermediateThrowEvent", "", f"<bpmn:messageEventDefinition {attributes}/>")


def listed(parameter: str) -> str:
    """Give a file with a step that has a parameter."""
    return element(
        "userTask", "", inside(f"<camunda:inputOutput>{parameter}</camunda:inputOutput>")
    )


EXTERNAL = 'camunda:type="external" camunda:topic="oss"'
FIELD = (
    '<camunda:formData><camunda:formField id="a" label="A" type="date" defaultValue="d" '
    'datePattern="yyyy"><camunda:value id="1" name="Satu"/><camunda:validation>'
    '<camunda:constraint name="max" config="9"/></camunda:validation></camunda:formField></camunda:formData>'
)
LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=daftar" inputElement="butir" '
    'outputCollection="hasil" outputElement="=nilai"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)
CALLED = inside(
    '<zeebe:calledElement processId="anak" propagateAllParentVariables="false" '
    'propagateAllChildVariables="false" bindingType="versionTag" versionTag="v1"/>'
)
PASSED = inside(
    '<camunda:in source="a" target="b" local="true"/><camunda:in sourceExpression="${a}" target="c"/>'
    '<camunda:in variables="all"/><camunda:in businessKey="#{k}"/>'
    '<camunda:out source="a" target="b" local="true"/><camunda:out sourceExpression="${a}" target="c"/>'
    '<camunda:out variables="all"/><camunda:out businessKey="#{k}"/>'
)
MAPPINGS = (
    DataMapping(source="a", target="b", local=True),
    DataMapping(expression="${a}", target="c"),
    DataMapping(everything=True),
    DataMapping(business_key="#{k}"),
)
DECIDED = DecisionRef(key="tabel", binding=Binding.VERSION, version=3, tag="v1")

Row = tuple[str, str, object]

PROCESSES: list[Row] = [
    (of_process('camunda:versionTag="v1"', ""), "tag", "v1"),
    (of_process('camunda:historyTimeToLive="P180D"', ""), "retention", "P180D"),
    (of_process('camunda:candidateStarterGroups="a, b"', ""), "starter_groups", ("a", "b")),
    (of_process('camunda:candidateStarterUsers="lina"', ""), "starter_persons", ("lina",)),
    (of_process('camunda:isStartableInTasklist="false"', ""), "startable", False),
    (of_process("", inside('<zeebe:versionTag value="v2"/>')), "tag", "v2"),
    (
        of_process("", inside('<zeebe:userTaskForm id="f">{}</zeebe:userTaskForm>')),
        "carried_forms",
        {"p.f": b"{}"},
    ),
]
"""A file, a field of its process, and the value that is read."""

ELEMENTS: list[Row] = [
    (element("startEvent", 'camunda:initiator="pemohon"'), "initiator", "pemohon"),
    *(
        (element(tag, f'camunda:{name}="=x"'), field, "=x")
        for tag in ("userTask", "manualTask")
        for name, field in (
            ("assignee", "assignee"),
            ("candidateGroups", "candidate_groups"),
            ("candidateUsers", "candidate_persons"),
            ("dueDate", "due"),
            ("followUpDate", "follow_up"),
            ("priority", "priority"),
        )
    ),
    (element("userTask", 'camunda:formRef="isi" camunda:formRefBinding="latest"'), "form", "isi"),
    (element("userTask", 'camunda:formKey="camunda-forms:deployment:isi.form"'), "form", "isi"),
    (element("scriptTask", 'camunda:resultVariable="h"'), "result", "h"),
    *(
        row
        for tag, kind in (
            ("serviceTask", "serviceTask"),
            ("sendTask", "sendTask"),
            ("businessRuleTask", "serviceTask"),
        )
        for row in (
            (element(tag, EXTERNAL), "topic", "oss"),
            (element(tag, EXTERNAL), "kind", ElementKind(kind)),
            (element(tag, 'camunda:expression="${a + 1}"'), "script", "${a + 1}"),
            (element(tag, 'camunda:expression="${a}"'), "kind", ElementKind.SCRIPT_TASK),
            (element(tag, 'camunda:expression="${a}" camunda:resultVariable="h"'), "result", "h"),
        )
    ),
    (thrown(EXTERNAL), "topic", "oss"),
    (thrown(EXTERNAL), "kind", ElementKind.SERVICE_TASK),
    (thrown('camunda:expression="${a}" camunda:resultVariable="h"'), "script", "${a}"),
    (
        element(
            "businessRuleTask",
            'camunda:decisionRef="tabel" camunda:decisionRefBinding="version" '
            'camunda:decisionRefVersion="3" camunda:decisionRefVersionTag="v1"',
        ),
        "decision",
        DECIDED,
    ),
    (
        element(
            "businessRuleTask", 'camunda:decisionRef="t" camunda:mapDecisionResult="singleEntry"'
        ),
        "decision_result",
        "singleEntry",
    ),
    (
        element(
            "callActivity",
            'calledElement="anak" camunda:calledElementBinding="version" '
            'camunda:calledElementVersion="2" camunda:calledElementVersionTag="v1"',
        ),
        "call",
        CallRef(key="anak", binding=Binding.VERSION, version=2, tag="v1", word="version"),
    ),
    (element("callActivity", "", PASSED), "passes_in", MAPPINGS),
    (element("callActivity", "", PASSED), "passes_out", MAPPINGS),
    (
        element(
            "userTask",
            "",
            '<bpmn:multiInstanceLoopCharacteristics camunda:collection="${d}" camunda:elementVariable="b"/>',
        ),
        "repeats.collection",
        "${d}",
    ),
    (
        caught("error", 'camunda:errorCodeVariable="k"', 'errorCode="E">'),
        "trigger.code_variable",
        "k",
    ),
    (
        caught("error", 'camunda:errorMessageVariable="k"', 'errorCode="E">'),
        "trigger.message_variable",
        "k",
    ),
    (
        caught("error", "", 'errorCode="E" camunda:errorMessage="Gagal">'),
        "trigger.message",
        "Gagal",
    ),
    (
        caught("escalation", 'camunda:escalationCodeVariable="k"', 'escalationCode="E">'),
        "trigger.code_variable",
        "k",
    ),
    *(
        (
            element(
                "userTask",
                "",
                inside(f'<{d}:properties><{d}:property {i}name="a" value="b"/></{d}:properties>'),
            ),
            "properties",
            {"a": "b"},
        )
        for d, i in (("camunda", 'id="i" '), ("zeebe", ""))
    ),
    (
        listed('<camunda:inputParameter name="a">${b}</camunda:inputParameter>'),
        "inputs",
        (DataMapping(target="a", expression="${b}"),),
    ),
    (
        listed(
            '<camunda:outputParameter name="a"><camunda:script scriptFormat="feel">b</camunda:script>'
            "</camunda:outputParameter>"
        ),
        "outputs",
        (DataMapping(target="a", expression="=b"),),
    ),
    (
        element("userTask", "", inside(FIELD)),
        "form_fields",
        (
            FormField(
                id="a",
                label="A",
                type="date",
                line=1,
                default="d",
                pattern="yyyy",
                options=(("1", "Satu"),),
                rules=(("max", "9"),),
            ),
        ),
    ),
    *(
        (element("userTask", "", inside(f'<zeebe:{tag} {name}="=x"/>')), field, "=x")
        for tag, name, field in (
            ("assignmentDefinition", "assignee", "assignee"),
            ("assignmentDefinition", "candidateGroups", "candidate_groups"),
            ("assignmentDefinition", "candidateUsers", "candidate_persons"),
            ("taskSchedule", "dueDate", "due"),
            ("taskSchedule", "followUpDate", "follow_up"),
            ("priorityDefinition", "priority", "priority"),
        )
    ),
    (
        element(
            "userTask",
            "",
            inside(
                '<zeebe:userTask/><zeebe:formDefinition formId="isi" bindingType="deployment"/>'
            ),
        ),
        "form",
        "isi",
    ),
    (
        element("userTask", "", inside('<zeebe:formDefinition formKey="camunda-forms:bpmn:f"/>')),
        "form",
        "p.f",
    ),
    *(
        (element(tag, "", inside('<zeebe:taskDefinition type="=t" />')), "topic", "=t")
        for tag in ("serviceTask", "sendTask", "scriptTask", "businessRuleTask")
    ),
    (
        element(
            "intermediateThrowEvent",
            "",
            inside('<zeebe:taskDefinition type="t" />', "<bpmn:messageEventDefinition/>"),
        ),
        "topic",
        "t",
    ),
    (
        element("scriptTask", "", inside('<zeebe:script expression="=a" resultVariable="h"/>')),
        "script",
        "=a",
    ),
    (
        element("scriptTask", "", inside('<zeebe:script expression="=a" resultVariable="h"/>')),
        "result",
        "h",
    ),
    (
        element(
            "businessRuleTask",
            "",
            inside(
                '<zeebe:calledDecision decisionId="t" resultVariable="h" bindingType="versionTag" versionTag="v"/>'
            ),
        ),
        "decision",
        DecisionRef(key="t", binding=Binding.VERSION_TAG, tag="v"),
    ),
    (
        element("callActivity", "", CALLED),
        "call",
        CallRef(key="anak", binding=Binding.VERSION_TAG, tag="v1", word="versionTag"),
    ),
    (element("callActivity", "", CALLED), "passes_in", ()),
    (element("callActivity", "", CALLED), "passes_out", ()),
    (
        element("callActivity", "", CALLED.replace("false", "true")),
        "passes_in",
        (DataMapping(everything=True),),
    ),
    (element("userTask", "", LOOP), "repeats.collection", "=daftar"),
    (element("userTask", "", LOOP), "repeats.variable", "butir"),
    (element("userTask", "", LOOP), "repeats.outputs_to", "hasil"),
    (element("userTask", "", LOOP), "repeats.output", "=nilai"),
    (
        element(
            "userTask",
            "",
            inside('<zeebe:ioMapping><zeebe:input source="=a" target="b"/></zeebe:ioMapping>'),
        ),
        "inputs",
        (DataMapping(target="b", expression="=a"),),
    ),
    (
        element(
            "userTask",
            "",
            inside('<zeebe:ioMapping><zeebe:output source="=a" target="b"/></zeebe:ioMapping>'),
        ),
        "outputs",
        (DataMapping(target="b", expression="=a"),),
    ),
    (
        caught(
            "message",
            "",
            f'name="M">{inside(chr(60) + "zeebe:subscription correlationKey=" + chr(34) + "=k" + chr(34) + "/>")}',
        ),
        "properties",
        {"pesan.kunci": "=k"},
    ),
]
"""A file, a field of its element `x`, and the value that is read."""
