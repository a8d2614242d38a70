"""Connectors: what Alur does by itself when a case comes to a service task whose topic is theirs (DESIGN.md 4).

connector       what one is              e_mail    alur.surel
http_json       alur.http                letter_number    alur.nomor

Here are the values and the checks; what goes over the network is put in by the composition root (`web.connectors`). A task
with any other topic waits for a worker outside, or for an officer who reports it as done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.connectors import e_mail, http_json, letter_number
from engine.process import DONE_BY_PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.connectors.connector import Connector, Setup
    from engine.process import Element, Process

CONNECTORS: Mapping[str, Connector] = {
    e_mail.TOPIC: e_mail.EmailConnector(),
    http_json.TOPIC: http_json.HttpConnector(),
    letter_number.TOPIC: letter_number.LetterNumberConnector(),
}
"""Every connector by its topic; one line a connector."""

OWN = "alur."
"""What the topics of connectors begin with; no worker outside may have such a one."""


def properties_of(element: Element, connector: Connector) -> dict[str, str]:
    """Give what a task says to its connector."""
    given = element.properties.items()
    return {name: text for name, text in given if name.startswith(connector.prefix)}


def setups(process: Process) -> dict[str, Setup]:
    """Give what is to be prepared for each task of a connector, by element. Raises ExpressionInvalid."""
    found: dict[str, Setup] = {}
    for element in process.elements.values():
        connector = CONNECTORS.get(element.topic)
        if element.kind in DONE_BY_PROGRAMS and connector is not None:
            setup = connector.compile(properties_of(element, connector))
            if setup is not None:
                found[element.id] = setup
    return found
