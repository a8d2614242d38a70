"""Reading a BPMN file: a hardened XML parse, then the neutral values of `engine.process`.

file        the document, its processes with lanes and flows
element     a flow node      trigger   what an event waits for or throws      decision   which decision a task asks
names       namespaces
"""

from engine.source.file import MAX_FLOW_NODES, Source, flow_nodes, read_source
from engine.source.names import BPMN, CAMUNDA, MODELER, TIMERS, ZEEBE

__all__ = [
    "BPMN",
    "CAMUNDA",
    "MAX_FLOW_NODES",
    "MODELER",
    "TIMERS",
    "ZEEBE",
    "Source",
    "flow_nodes",
    "read_source",
]
