"""The small pictures inside shapes, all drawn for Alur: (CSS class, path).

`icon` is an outline, `ink` is filled, `bold` is an outline of double weight. Task icons fill a box of 16 by 16 with the
origin in its corner; triggers and markers are drawn around their middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import Kind, Marker, Trigger

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENVELOPE = "M.5 2.5h15v11H.5zM15.5 2.5 8 8.5.5 2.5"

TASK_ICONS: Mapping[Kind, tuple[str, str]] = {
    Kind.USER_TASK: (
        "icon",
        "M8 1a3.4 3.4 0 1 0 .01 0zM1.5 15c0-4 2.6-5.7 6.5-5.7s6.5 1.7 6.5 5.7z",
    ),
    Kind.MANUAL_TASK: (
        "icon",
        (
            "M4.5 9.5v-6a1 1 0 0 1 2 0V7.5v-5.5a1 1 0 0 1 2 0v5.5-4.5a1 1 0 0 1 2 0v5-3a1 1 0 0 1 2 0v6"
            "c0 3-1.6 4.5-4 4.5-2.2 0-3.4-.9-4.6-2.9L1.6 9.2c-.5-1 .7-1.8 1.5-1z"
        ),
    ),
    Kind.SERVICE_TASK: (
        "icon",
        (
            "M6.8 1h2.4l.4 2 1.3.6 1.7-1.2 1.7 1.7-1.2 1.7.6 1.3 2 .4v2.4l-2 .4-.6 1.3 1.2 1.7-1.7 1.7"
            "-1.7-1.2-1.3.6-.4 2H6.8l-.4-2-1.3-.6-1.7 1.2-1.7-1.7 1.2-1.7-.6-1.3-2-.4V7.5l2-.4.6-1.3"
            "-1.2-1.7 1.7-1.7 1.7 1.2L6.4 3zM8 5.9a2.6 2.6 0 1 0 .01 0z"
        ),
    ),
    Kind.SCRIPT_TASK: (
        "icon",
        "M4.5 1H14c-3 4 2.5 9.5 0 14H2.5c3-4.5-2.5-10 2-14zM5.5 4.5h5M5 8h5.5M6.5 11.5h5",
    ),
    Kind.SEND_TASK: ("ink", "M.5 2.5h15L8 8.4zM.5 4.2 8 10l7.5-5.8v9.3H.5z"),
    Kind.RECEIVE_TASK: ("icon", _ENVELOPE),
    Kind.RULE_TASK: ("icon", "M.5 2.5h15v11H.5zM.5 6h15M.5 9.7h15M5.5 6v7.5M.5 4h15"),
}

TRIGGERS: Mapping[Trigger, str] = {
    Trigger.MESSAGE: "M-9-6H9V6H-9zM9-6 0 1.5-9-6",
    Trigger.TIMER: "M0-10a10 10 0 1 0 .01 0zM0-6V0l4 2.5M0-10v2M0 10V8M10 0H8M-10 0h2",
    Trigger.SIGNAL: "M0-9 8.5 6h-17z",
    Trigger.ERROR: "M-8 8-3.5-7.5 2 1 8-8 3.5 7.5-2-1z",
    Trigger.ESCALATION: "M0-9.5 7 8 0 1.5-7 8z",
    Trigger.CONDITION: "M-7-9H7V9H-7zM-4.5-5.5h9M-4.5-2h9M-4.5 1.5h9M-4.5 5h9",
    Trigger.LINK: "M-9-3.5H1V-8L9.5 0 1 8V3.5H-9z",
    Trigger.COMPENSATION: "M-1-7V7L-9 0zM8-7V7L0 0z",
    Trigger.CANCEL: "M-8.5-5.5-5.5-8.5 0-3 5.5-8.5 8.5-5.5 3 0 8.5 5.5 5.5 8.5 0 3-5.5 8.5-8.5 5.5-3 0z",
    Trigger.TERMINATE: "M0-9.5a9.5 9.5 0 1 0 .01 0z",
    Trigger.MULTIPLE: "M0-9.5 9-3 5.6 7.7H-5.6L-9-3z",
    Trigger.PARALLEL_MULTIPLE: "M-3-9.5h6V-3h6.5v6H3v6.5h-6V3h-6.5v-6H-3z",
}

FILLED_MESSAGE = "M-9-6H9L0 .8zM-9-4 0 2.8 9-4V6H-9z"
"""A message that is given; the gap between flap and letter stays white."""

MARKERS: Mapping[Marker, tuple[str, str]] = {
    Marker.LOOP: ("icon", "M-2.8 5a5.6 5.6 0 1 1 3.6.9M-6.3 5.3h3.7V1.7"),
    Marker.PARALLEL: ("bold", "M-4.5-6V6M0-6V6M4.5-6V6"),
    Marker.SEQUENTIAL: ("bold", "M-6-4.5H6M-6 0H6M-6 4.5H6"),
    Marker.COMPENSATION: ("icon", "M-.5-5.5v11L-7 0zM6.5-5.5v11L0 0z"),
    Marker.AD_HOC: ("bold", "M-6.5 1.5c2.5-5.5 4.5-3 6.5-1s4 3.5 6.5-2"),
    Marker.COLLECTION: ("bold", "M-4-5V5M0-5V5M4-5V5"),
}

PLUS = ("icon", "M-7-7H7V7H-7zM0-4.5v9M-4.5 0h9")
"""The sign of work that is drawn elsewhere: a collapsed sub-process, a called process."""
