"""The command on how long an office waits where no document says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actor import Signature
from engine.chain import append
from engine.commands.commands import Commands
from engine.commands.people import was_carried_out
from engine.errors import NotFound
from engine.history import WaitLengthChanged
from engine.permission import expect_overseer
from engine.store import AgencyChanges
from engine.wait_length import WaitLength, expect_length, is_unstated, place_name

if TYPE_CHECKING:
    from engine.actor import Actor
    from engine.ids import RequestId
    from engine.store import Transaction


class WaitLengthCommands(Commands):
    """Process owners and administrators set lengths."""

    def set_wait_length(
        self, process: str, element: str, length: str, *, actor: Actor, request: RequestId
    ) -> None:
        """Set the office's own length of a wait that no document states; empty: the drawn one. The same again changes nothing.

        Raises NotFound for any other element of the process in force, InvalidSubmission for a text that is no length,
        NotAllowed for who does not oversee the office.
        """
        own = expect_length(length) if length.strip() else ""

        def work(tx: Transaction) -> None:
            expect_overseer(actor)
            head = tx.get_agency_head(actor.agency)
            if was_carried_out(tx, request, actor):
                return
            name = self._place_name(tx, actor, process, element)
            previous = tx.find_wait_length(actor.agency, process, element)
            if own == previous:
                return
            event = WaitLengthChanged(
                process=process,
                element=element,
                name=name,
                length=own,
                previous=previous,
            )
            by = Signature.of(actor)
            records, head = append(head, [event], at=self._now(), by=by, request=request)
            changed = WaitLength(process=process, element=element, length=own)
            tx.save_agency(AgencyChanges(head=head, records=records, wait_lengths=(changed,)))

        self._store.transact(work)

    def _place_name(self, tx: Transaction, actor: Actor, process: str, element: str) -> str:
        latest = tx.find_latest(actor.agency, process)
        if latest is not None:
            drawn = self._library.get(latest.id, tx).process
            found = drawn.elements.get(element)
            if found is not None and is_unstated(found):
                return place_name(found, drawn)
        raise NotFound(
            f"Expected a wait of {process} that no document states, but {element!r} is none",
            code="not_found",
            what="element",
        )
