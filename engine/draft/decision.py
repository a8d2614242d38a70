"""The decision of a step of kind `business_rule`: how its task asks for it, and how an officer corrects what it gave.

The decision itself, a DMN file, is the process owner's; a draft only names it: the decision's id is that of the step's form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.draft.facts import Field, FieldType

if TYPE_CHECKING:
    from engine.draft.facts import Facts, Step


def rule_id(step: Step) -> str:
    """Give the id of a rule's task; where a form shows the result, the form's task has the id of the step."""
    return f"{step.id}_aturan" if step.form else step.id


def asking(facts: Facts, step: Step) -> dict[str, str]:
    """Give the attributes by which the rule's task asks the decision of its own deployment.

    The whole result stays in a variable named like the task: what the rule said is known after a correction too.
    """
    return {
        "camunda:decisionRef": facts.form_id(step.id),
        "camunda:decisionRefBinding": "deployment",
        "camunda:mapDecisionResult": "singleResult",
        "camunda:resultVariable": rule_id(step),
    }


def outputs(step: Step) -> dict[str, str]:
    """Give the variable of each field that the decision fills in, with the JUEL expression of its value."""
    keys = (field.key for field in step.form if field.ruled or not field.readonly)
    return {key: f"${{{rule_id(step)}.{key}}}" for key in keys}


def correction(step: Step) -> tuple[Field, ...]:
    """Give the field for the reason of a correction: demanded as soon as the form says something else than the rule.

    None where nothing can be corrected.
    """
    unchanged = [f"{key} = {rule_id(step)}.{key}" for key in _decided(step)]
    reason = Field(
        key="alasan_koreksi",
        label="Alasan koreksi",
        type=FieldType.TEXTAREA,
        required=True,
        hidden_when=" and ".join(unchanged),
    )
    return (reason,) if unchanged else ()


def _decided(step: Step) -> list[str]:
    return [field.key for field in step.form if not field.readonly]
