"""Which painter and which CSS classes each kind of shape has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from engine.drawing import Kind, Shape
from web.diagram.shapes.activities import paint_activity
from web.diagram.shapes.artifacts import (
    paint_annotation,
    paint_data_object,
    paint_data_store,
    paint_group,
)
from web.diagram.shapes.containers import paint_lane, paint_pool
from web.diagram.shapes.events import paint_event
from web.diagram.shapes.gateways import paint_gateway

Painter: TypeAlias = Callable[[Shape], list[Markup]]
"""Gives the parts of a shape whose upper left corner is the origin."""


@dataclass(frozen=True, slots=True)
class Look:
    """The painter of a kind and the CSS classes of its group."""

    paint: Painter
    classes: str


LOOKS = {
    Kind.POOL: Look(paint_pool, "pool"),
    Kind.LANE: Look(paint_lane, "lane"),
    Kind.TASK: Look(paint_activity, "task"),
    Kind.USER_TASK: Look(paint_activity, "task user"),
    Kind.MANUAL_TASK: Look(paint_activity, "task manual"),
    Kind.SERVICE_TASK: Look(paint_activity, "task service"),
    Kind.SCRIPT_TASK: Look(paint_activity, "task script"),
    Kind.SEND_TASK: Look(paint_activity, "task send"),
    Kind.RECEIVE_TASK: Look(paint_activity, "task receive"),
    Kind.RULE_TASK: Look(paint_activity, "task rule"),
    Kind.CALL_ACTIVITY: Look(paint_activity, "task call"),
    Kind.SUB_PROCESS: Look(paint_activity, "task sub"),
    Kind.TRANSACTION: Look(paint_activity, "task sub transaction"),
    Kind.START_EVENT: Look(paint_event, "event start"),
    Kind.CATCH_EVENT: Look(paint_event, "event catch"),
    Kind.THROW_EVENT: Look(paint_event, "event throw"),
    Kind.BOUNDARY_EVENT: Look(paint_event, "event boundary"),
    Kind.END_EVENT: Look(paint_event, "event end"),
    Kind.EXCLUSIVE_GATEWAY: Look(paint_gateway, "gateway exclusive"),
    Kind.INCLUSIVE_GATEWAY: Look(paint_gateway, "gateway inclusive"),
    Kind.PARALLEL_GATEWAY: Look(paint_gateway, "gateway parallel"),
    Kind.EVENT_GATEWAY: Look(paint_gateway, "gateway await"),
    Kind.COMPLEX_GATEWAY: Look(paint_gateway, "gateway complex"),
    Kind.DATA_OBJECT: Look(paint_data_object, "data"),
    Kind.DATA_INPUT: Look(paint_data_object, "data input"),
    Kind.DATA_OUTPUT: Look(paint_data_object, "data output"),
    Kind.DATA_STORE: Look(paint_data_store, "data store"),
    Kind.ANNOTATION: Look(paint_annotation, "annotation"),
    Kind.GROUP: Look(paint_group, "group"),
}
"""Every kind has its row; the test of the table fails when one is missing."""
