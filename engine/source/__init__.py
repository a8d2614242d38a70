"""Reading a BPMN file: a hardened XML parse, then the neutral values of `engine.process`.

file        the document, its processes with lanes and flows
element     a flow node      trigger   what an event waits for or throws      decision   which decision a task asks
work        scripts, topics  people    who does it      call, mappings   which process is called, and with what
names       namespaces       carried   forms in the drawing
"""

from engine.source.file import MAX_FLOW_NODES, Source, flow_nodes, read_source
from engine.source.names import (
    BPMN,
    CAMUNDA,
    DEFINED,
    MODELER,
    TIMERS,
    ZEEBE,
    find_extension,
    place_of,
    word_of,
)

__all__ = [
    "BPMN",
    "CAMUNDA",
    "DEFINED",
    "MAX_FLOW_NODES",
    "MODELER",
    "TIMERS",
    "ZEEBE",
    "Source",
    "find_extension",
    "flow_nodes",
    "place_of",
    "read_source",
    "word_of",
]
