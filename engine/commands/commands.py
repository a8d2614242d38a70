"""What all commands share: the store, the clock, and that a request is carried out once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine import instance as case
from engine.actor import Signature
from engine.chain import agency_chain
from engine.clock import as_text
from engine.errors import Conflict, InvalidSubmission
from engine.ids import Ids, InstanceId
from engine.spiff.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.actor import Actor, Post
    from engine.clock import Clock
    from engine.ids import AgencyId, DefinitionId, RequestId
    from engine.instance import Act
    from engine.spiff.program import Program
    from engine.store import Store, Transaction


MAX_REASON = 2_000
"""Characters of a reason."""


class Commands:
    """Commands over a store and a clock; each noun's are in a subclass, and `engine.runtime.Runtime` is all of them."""

    def __init__(self, store: Store, clock: Clock, ids: Ids | None = None) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids or Ids(clock)
        self._library = Library()

    def program(self, definition: DefinitionId) -> Program:
        """Give a deployed version, compiled. Raises NotFound."""
        found = self._library.find(definition)
        return found or self._store.transact(lambda tx: self._library.get(definition, tx))

    def _once(
        self, request: RequestId, actor: Actor, work: Callable[[Transaction], InstanceId]
    ) -> InstanceId:
        """Carry a request out, unless it was carried out before: then only give its answer again."""

        def guarded(tx: Transaction) -> InstanceId:
            before = tx.find_request(request)
            if before is None:
                return work(tx)
            of_case = before.chain != agency_chain(actor.agency)
            if before.by is None or before.by.person != actor.person or not of_case:
                raise Conflict(
                    f"Expected a new request id, but {request} was used", code="request_reused"
                )
            return InstanceId(before.chain)

        return self._store.transact(guarded)

    def _act(self, tx: Transaction, actor: Actor, post: Post | None, request: RequestId) -> Act:
        unit = "" if post is None else post.unit
        act = self._act_of(tx, actor.agency, Signature.of(actor, post), request, unit)
        return dataclasses.replace(act, login=actor.login)

    def _system_act(self, tx: Transaction, agency: AgencyId) -> Act:
        """Give the act of Alur itself."""
        return self._act_of(tx, agency, Signature.of_system(), None)

    def _act_of(
        self,
        tx: Transaction,
        agency: AgencyId,
        by: Signature,
        request: RequestId | None,
        unit: str = "",
    ) -> Act:
        return case.Act(
            by=by,
            at=self._clock.now(),
            request=request,
            people=tx,
            zone=lambda: ZoneInfo(tx.get_agency(agency).zone),
            calendar=lambda: tx.get_calendar(agency),
            programs=lambda definition: self._library.get(definition, tx),
            letters=tx.letters,
            new_id=self._ids.new,
            unit=unit,
            length_of=lambda process, element: tx.find_wait_length(agency, process, element),
            decision_of=lambda reference, deployment: tx.find_decision(
                agency, reference, deployment
            ),
            values_of=lambda process: {
                each.name: each.value for each in tx.list_office_values(agency, process)
            },
        )

    def _now(self) -> str:
        return as_text(self._clock.now())


def reason_of(text: str) -> str:
    """Give a reason without surrounding space. Raises InvalidSubmission for an empty or a very long one."""
    reason = text.strip()
    if not reason:
        raise InvalidSubmission("Expected a reason, but there is none", code="reason_missing")
    if len(reason) > MAX_REASON:
        raise InvalidSubmission(
            f"Expected at most {MAX_REASON} characters, but the reason has {len(reason)}",
            code="reason_long",
            limit=MAX_REASON,
        )
    return reason
