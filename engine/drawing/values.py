"""What a drawing is made of. Lengths are pixels of the designer's canvas, y grows downwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a shape stands for."""

    POOL = "pool"
    LANE = "lane"
    TASK = "task"
    USER_TASK = "user_task"
    MANUAL_TASK = "manual_task"
    SERVICE_TASK = "service_task"
    SCRIPT_TASK = "script_task"
    SEND_TASK = "send_task"
    RECEIVE_TASK = "receive_task"
    RULE_TASK = "rule_task"
    CALL_ACTIVITY = "call_activity"
    SUB_PROCESS = "sub_process"
    TRANSACTION = "transaction"
    START_EVENT = "start_event"
    CATCH_EVENT = "catch_event"
    THROW_EVENT = "throw_event"
    BOUNDARY_EVENT = "boundary_event"
    END_EVENT = "end_event"
    EXCLUSIVE_GATEWAY = "exclusive_gateway"
    INCLUSIVE_GATEWAY = "inclusive_gateway"
    PARALLEL_GATEWAY = "parallel_gateway"
    EVENT_GATEWAY = "event_gateway"
    COMPLEX_GATEWAY = "complex_gateway"
    DATA_OBJECT = "data_object"
    DATA_INPUT = "data_input"
    DATA_OUTPUT = "data_output"
    DATA_STORE = "data_store"
    ANNOTATION = "annotation"
    GROUP = "group"


ACTIVITIES = frozenset(
    {
        Kind.TASK,
        Kind.USER_TASK,
        Kind.MANUAL_TASK,
        Kind.SERVICE_TASK,
        Kind.SCRIPT_TASK,
        Kind.SEND_TASK,
        Kind.RECEIVE_TASK,
        Kind.RULE_TASK,
        Kind.CALL_ACTIVITY,
        Kind.SUB_PROCESS,
        Kind.TRANSACTION,
    }
)
"""The kinds that are work: tasks, call activities and sub-processes."""


class Trigger(StrEnum):
    """What an event waits for or gives (its event definition)."""

    MESSAGE = "message"
    TIMER = "timer"
    SIGNAL = "signal"
    ERROR = "error"
    ESCALATION = "escalation"
    CONDITION = "condition"
    LINK = "link"
    COMPENSATION = "compensation"
    CANCEL = "cancel"
    TERMINATE = "terminate"
    MULTIPLE = "multiple"
    PARALLEL_MULTIPLE = "parallel_multiple"


class Marker(StrEnum):
    """A small sign at the foot of a shape."""

    LOOP = "loop"
    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"
    COMPENSATION = "compensation"
    AD_HOC = "ad_hoc"
    COLLECTION = "collection"


class EdgeKind(StrEnum):
    """What a connecting line stands for."""

    SEQUENCE = "sequence"
    MESSAGE = "message"
    ASSOCIATION = "association"
    DATA = "data"


class Direction(StrEnum):
    """Which ends of a line carry an arrowhead."""

    NONE = "none"
    ONE = "one"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on the canvas."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """An upright box on the canvas; `x`, `y` is its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One drawn element; the optional facts hold only for the kinds that have them."""

    element_id: str
    kind: Kind
    name: str
    bounds: Bounds
    label_bounds: Bounds | None = None
    horizontal: bool = True
    """Pools and lanes: the name stands at the left, turned; otherwise on top."""
    expanded: bool = True
    """Sub-processes and pools: the inside is drawn."""
    markers: tuple[Marker, ...] = ()
    trigger: Trigger | None = None
    interrupting: bool = True
    """Boundary events and starts of event sub-processes: the work they belong to stops."""
    by_event: bool = False
    """An event sub-process."""
    marked: bool = True
    """Exclusive gateways: the X is shown."""
    unstated: bool = False
    """Timers: no document states the length (property `batas.ditetapkan` = `tidak`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One drawn line, from `source` to `target` through two waypoints or more."""

    element_id: str
    kind: EdgeKind
    name: str
    waypoints: tuple[Point, ...]
    source: str
    target: str
    label_bounds: Bounds | None = None
    direction: Direction = Direction.ONE
    default: bool = False
    """The flow that is taken when no condition of its siblings holds."""
    conditional: bool = False
    """The flow leaves an activity (no gateway) under a condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One sheet of a BPMN file, in the order of the file; without shapes when the file has no diagram."""

    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
    undrawn: tuple[str, ...] = ()
    """Ids of elements and flows that the file has but this sheet does not show."""
    sheets: int = 0
    """How many diagrams the file has; only one of them is this drawing."""
