"""Acts of an agency outside its cases: each is a record of the agency's own chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import chain
from engine.clock import as_text
from engine.store import AgencyChanges
from storage.store import SqlTransaction

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.actor import Signature
    from engine.clock import Clock
    from engine.history import HistoryEvent
    from engine.ids import AgencyId


def note_act(
    connection: Connection, clock: Clock, agency: AgencyId, event: HistoryEvent, by: Signature
) -> None:
    """Write an act behind the agency's chain, in the transaction of the connection. Raises NotFound."""
    transaction = SqlTransaction(connection, clock)
    head = transaction.get_agency_head(agency)
    records, head = chain.append(head, (event,), at=as_text(clock.now()), by=by)
    transaction.save_agency(AgencyChanges(head=head, records=records))
