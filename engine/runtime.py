"""The commands: everything that changes Alur goes through here (DESIGN.md 2).

A command reads, calls one pure function that gives `Changes`, and the store writes them in one transaction. Each carries a
request id: sent twice, it has one effect and the same answer. A task command carries the revision of the task that its
sender saw.
"""

from __future__ import annotations

from engine.commands.amends import AmendCommands
from engine.commands.calendar import CalendarCommands
from engine.commands.case_notes import CaseNoteCommands
from engine.commands.cases import CaseCommands
from engine.commands.connectors import ConnectorCommands
from engine.commands.deadlines import DeadlineCommands
from engine.commands.incidents import IncidentCommands
from engine.commands.letters import LetterCommands
from engine.commands.many import ManyTasksCommands
from engine.commands.messages import MessageCommands
from engine.commands.office import OfficeCommands
from engine.commands.office_values import OfficeValueCommands
from engine.commands.people import PeopleCommands
from engine.commands.start_timers import StartTimerCommands
from engine.commands.wait_lengths import WaitLengthCommands
from engine.commands.waits import WaitCommands
from engine.commands.watch import WatchCommands


class Runtime(
    OfficeCommands,
    PeopleCommands,
    CaseCommands,
    CaseNoteCommands,
    ManyTasksCommands,
    AmendCommands,
    LetterCommands,
    CalendarCommands,
    DeadlineCommands,
    WaitCommands,
    MessageCommands,
    ConnectorCommands,
    IncidentCommands,
    StartTimerCommands,
    WaitLengthCommands,
    OfficeValueCommands,
    WatchCommands,
):
    """The commands of one installation, over a store and a clock; one line a noun."""
