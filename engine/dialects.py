"""What Camunda Modeler can write beside BPMN, for Camunda 7 (`camunda:`) and Camunda 8 (`zeebe:`), and what becomes of it.

Written out once: the rules read it, docs/dialects.md says it, and a test holds both together. Elements of BPMN are called
by their own word, extension elements with the prefix of their dialect. Source: what the properties panel of the Modeler writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import DONE_BY_PEOPLE, DONE_BY_PROGRAMS, ElementKind

if TYPE_CHECKING:
    from collections.abc import Mapping

ANYWHERE = "*"
"""The place of what may stand at every element."""

_PEOPLE = {
    "assignee": "Element.assignee",
    "candidateGroups": "Element.candidate_groups",
    "candidateUsers": "Element.candidate_persons",
    "dueDate": "Element.due",
    "followUpDate": "Element.follow_up",
    "priority": "Element.priority",
}
_FORM = {
    "formRef": "Element.form",
    "formRefBinding": "Element.form",
    "formKey": "Element.form",
}
_WORK = {
    "type": "Element.kind",
    "topic": "Element.topic",
    "expression": "Element.script",
    "resultVariable": "Element.result",
}
_DECISION = {
    "decisionRef": "Element.decision",
    "decisionRefBinding": "Element.decision",
    "decisionRefVersion": "Element.decision",
    "decisionRefVersionTag": "Element.decision",
    "mapDecisionResult": "Element.decision_result",
}
_MAPPING = {
    "source": "DataMapping.source",
    "sourceExpression": "DataMapping.expression",
    "target": "DataMapping.target",
    "variables": "DataMapping.everything",
    "businessKey": "DataMapping.business_key",
    "local": "DataMapping.local",
}

HONOURED: Mapping[str, Mapping[str, str]] = {
    "process": {
        "versionTag": "Process.tag",
        "historyTimeToLive": "Process.retention",
        "candidateStarterGroups": "Process.starter_groups",
        "candidateStarterUsers": "Process.starter_persons",
        "isStartableInTasklist": "Process.startable",
    },
    "startEvent": {
        "initiator": "Element.initiator",
        # the rule `drawn_forms` refuses a form at the start
        **dict.fromkeys(_FORM, ""),
    },
    "userTask": {**_PEOPLE, **_FORM},
    "manualTask": _PEOPLE,
    "scriptTask": {"resultVariable": "Element.result"},
    "serviceTask": _WORK,
    "sendTask": _WORK,
    # the rule `decisions` refuses a tenant
    "businessRuleTask": {**_WORK, **_DECISION, "decisionRefTenantId": ""},
    "messageEventDefinition": _WORK,
    "callActivity": {
        "calledElementBinding": "Element.call",
        "calledElementVersion": "Element.call",
        "calledElementVersionTag": "Element.call",
    },
    "multiInstanceLoopCharacteristics": {
        "collection": "MultiInstance.collection",
        "elementVariable": "MultiInstance.variable",
    },
    "error": {"errorMessage": "Trigger.message"},
    "errorEventDefinition": {
        "errorCodeVariable": "Trigger.code_variable",
        "errorMessageVariable": "Trigger.message_variable",
    },
    "escalationEventDefinition": {"escalationCodeVariable": "Trigger.code_variable"},
    "camunda:property": {
        "name": "Element.properties",
        "value": "Element.properties",
        "id": "Element.properties",
    },
    "camunda:in": _MAPPING,
    "camunda:out": _MAPPING,
    "camunda:inputParameter": {"name": "Element.inputs"},
    "camunda:outputParameter": {"name": "Element.outputs"},
    "camunda:script": {"scriptFormat": "Element.inputs"},
    "camunda:entry": {"key": "Element.inputs"},
    "camunda:formField": {
        "id": "FormField.id",
        "label": "FormField.label",
        "type": "FormField.type",
        "defaultValue": "FormField.default",
        "datePattern": "FormField.pattern",
    },
    "camunda:value": {"id": "FormField.options", "name": "FormField.options"},
    "camunda:constraint": {"name": "FormField.rules", "config": "FormField.rules"},
    "zeebe:property": {"name": "Element.properties", "value": "Element.properties"},
    "zeebe:assignmentDefinition": {
        "assignee": "Element.assignee",
        "candidateGroups": "Element.candidate_groups",
        "candidateUsers": "Element.candidate_persons",
    },
    "zeebe:taskSchedule": {"dueDate": "Element.due", "followUpDate": "Element.follow_up"},
    "zeebe:priorityDefinition": {"priority": "Element.priority"},
    "zeebe:formDefinition": {
        "formId": "Element.form",
        "formKey": "Element.form",
        "bindingType": "Element.form",
    },
    "zeebe:userTaskForm": {"id": "Process.carried_forms"},
    "zeebe:taskDefinition": {"type": "Element.topic"},
    "zeebe:script": {"expression": "Element.script", "resultVariable": "Element.result"},
    "zeebe:calledDecision": {
        "decisionId": "Element.decision",
        "resultVariable": "Element.result",
        "bindingType": "Element.decision",
        "versionTag": "Element.decision",
        # the rule `decisions` refuses it
        "retries": "",
    },
    "zeebe:calledElement": {
        "processId": "Element.call",
        "bindingType": "Element.call",
        "versionTag": "Element.call",
        "propagateAllChildVariables": "Element.passes_out",
        "propagateAllParentVariables": "Element.passes_in",
    },
    "zeebe:loopCharacteristics": {
        "inputCollection": "MultiInstance.collection",
        "inputElement": "MultiInstance.variable",
        "outputCollection": "MultiInstance.outputs_to",
        "outputElement": "MultiInstance.output",
    },
    "zeebe:input": {"source": "Element.inputs", "target": "Element.inputs"},
    "zeebe:output": {"source": "Element.outputs", "target": "Element.outputs"},
    "zeebe:subscription": {"correlationKey": "Element.properties"},
    "zeebe:versionTag": {"value": "Process.tag"},
}
"""The attributes that are read, by the element at which they stand, and the field that they go to."""

ACCEPTED: Mapping[str, Mapping[str, frozenset[str]]] = {
    "userTask": {"formRefBinding": frozenset({"latest", "deployment"})},
    **{
        element: {"type": frozenset({"external"}), "asyncBefore": frozenset({"true"})}
        for element in ("serviceTask", "sendTask", "businessRuleTask", "messageEventDefinition")
    },
    "zeebe:formDefinition": {"bindingType": frozenset({"latest", "deployment"})},
}
"""The only values that some attributes may have. Work by a topic begins after the commit, as `asyncBefore` asks."""

REFUSED: Mapping[str, str] = {
    "class": "program_class",
    "delegateExpression": "program_delegate",
    "type": "work_kind",
    "resource": "script_resource",
    "variableMappingClass": "program_mapping",
    "variableMappingDelegateExpression": "program_mapping",
    "formHandlerClass": "form_handler",
    "formRefVersion": "form_version",
    "formRefBinding": "form_version",
    "bindingType": "form_version",
    "externalReference": "form_elsewhere",
    "caseRef": "case_called",
    "caseBinding": "case_called",
    "caseVersion": "case_called",
    "caseTenantId": "tenant_named",
    "calledElementTenantId": "tenant_named",
    "tenantId": "tenant_named",
    "processIdExpression": "call_calculated",
}
"""The sentence for each attribute that would do something Alur does not do, or not with that value."""

ELSEWHERE = frozenset(name for names in HONOURED.values() for name in names) | {
    "businessId",
    "async",
}
"""Attributes that change what happens where they belong: at another element they must not be passed over."""

WITHOUT_EFFECT: Mapping[str, str] = {
    "asyncBefore": "every act is one transaction; work by a topic begins after it",
    "asyncAfter": "every act is one transaction",
    "async": "every act is one transaction",
    "exclusive": "one act at a time works on a case anyway",
    "jobPriority": "jobs are done by their time",
    "taskPriority": "work of a topic is handed out by its time",
    "retries": "how often work is tried again is set by the office",
    "modelerTemplate": "the Modeler's own",
    "modelerTemplateVersion": "the Modeler's own",
    "modelerTemplateIcon": "the Modeler's own",
    "diagramRelationId": "the Modeler's own",
    "camunda:failedJobRetryTimeCycle": "how often work is tried again is set by the office",
    "zeebe:taskHeaders": "workers read the properties of the element",
    "zeebe:jobPriorityDefinition": "jobs are done by their time",
    "zeebe:linkedResources": "workers bring what they need",
    "zeebe:agentDefinition": "workers bring what they need",
}
"""Attributes and extension elements that are known, and named in a warning, with the reason why nothing is lost."""

_WORKED = frozenset({kind.value for kind in DONE_BY_PROGRAMS} | {"businessRuleTask"})
_THROWN = frozenset({"intermediateThrowEvent", "endEvent"})
_NODES = frozenset(kind.value for kind in ElementKind)
_ANY = frozenset({ANYWHERE})
_USER = frozenset({kind.value for kind in DONE_BY_PEOPLE})
_PARAMETER = frozenset({"camunda:inputParameter", "camunda:outputParameter"})
_PARTS = _PARAMETER | {"camunda:list", "camunda:entry"}

PLACES: Mapping[str, frozenset[str]] = {
    "camunda:properties": _ANY | {"camunda:formField"},
    "camunda:property": frozenset({"camunda:properties"}),
    "camunda:in": frozenset({"callActivity"}),
    "camunda:out": frozenset({"callActivity"}),
    "camunda:inputOutput": _NODES,
    "camunda:inputParameter": frozenset({"camunda:inputOutput"}),
    "camunda:outputParameter": frozenset({"camunda:inputOutput"}),
    "camunda:script": _PARTS,
    "camunda:list": _PARTS,
    "camunda:map": _PARTS,
    "camunda:entry": frozenset({"camunda:map"}),
    "camunda:value": frozenset({"camunda:list", "camunda:formField"}),
    "camunda:formData": frozenset({"userTask", "startEvent"}),
    "camunda:formField": frozenset({"camunda:formData"}),
    "camunda:validation": frozenset({"camunda:formField"}),
    "camunda:constraint": frozenset({"camunda:validation"}),
    "zeebe:properties": _ANY,
    "zeebe:property": frozenset({"zeebe:properties"}),
    "zeebe:userTask": frozenset({"userTask"}),
    "zeebe:userTaskForm": frozenset({"process"}),
    "zeebe:versionTag": frozenset({"process"}),
    "zeebe:assignmentDefinition": _USER,
    "zeebe:taskSchedule": _USER,
    "zeebe:priorityDefinition": _USER,
    "zeebe:formDefinition": frozenset({"userTask", "startEvent"}),
    "zeebe:taskDefinition": _WORKED | _THROWN | {"scriptTask"},
    "zeebe:script": frozenset({"scriptTask"}),
    "zeebe:calledDecision": frozenset({"businessRuleTask"}),
    "zeebe:calledElement": frozenset({"callActivity"}),
    "zeebe:loopCharacteristics": frozenset({"multiInstanceLoopCharacteristics"}),
    "zeebe:ioMapping": _NODES,
    "zeebe:input": frozenset({"zeebe:ioMapping"}),
    "zeebe:output": frozenset({"zeebe:ioMapping"}),
    "zeebe:subscription": frozenset({"message"}),
}
"""Where each extension element that runs may stand: at which element, or inside which other one."""

PROGRAMS: Mapping[str, str] = {
    "camunda:connector": "program_connector",
    "camunda:field": "program_field",
    "camunda:executionListener": "program_listener",
    "camunda:taskListener": "program_listener",
    "zeebe:executionListeners": "program_listener",
    "zeebe:taskListeners": "program_listener",
    "camunda:formProperty": "form_property",
    "camunda:errorEventDefinition": "work_error",
    "camunda:potentialStarter": "extension_refused",
    "zeebe:adHoc": "extension_refused",
    "zeebe:conditionalFilter": "extension_refused",
}
"""The sentence for each extension element that another engine would run."""
