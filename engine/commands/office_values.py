"""The command on the numbers that an office sets for a process."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.actor import Signature
from engine.chain import append
from engine.commands.commands import MAX_REASON, Commands
from engine.commands.people import was_carried_out
from engine.errors import InvalidSubmission, NotFound
from engine.history import OfficeValueChanged
from engine.office_value import OfficeValue, declared_values, expect_number, expect_rising
from engine.permission import expect_overseer
from engine.store import AgencyChanges

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.actor import Actor
    from engine.ids import RequestId
    from engine.process import Process
    from engine.store import Transaction


class OfficeValueCommands(Commands):
    """Process owners and administrators set numbers."""

    def set_office_values(
        self,
        process: str,
        values: Mapping[str, Decimal | None],
        *,
        actor: Actor,
        request: RequestId,
        reason: str = "",
    ) -> None:
        """Set numbers that a process (by key) declares, by name; decisions from now on see them. None: not set any more.

        What is not named, or the same as before, stays as it is. Raises NotFound for a name that the process in force
        does not declare, InvalidSubmission for numbers that contradict each other, NotAllowed for who does not oversee the
        office.
        """
        told = _reason(reason)

        def work(tx: Transaction) -> None:
            expect_overseer(actor)
            head = tx.get_agency_head(actor.agency)
            if was_carried_out(tx, request, actor):
                return
            drawn = self._declaring(tx, actor, process, values)
            changes = _changes(tx, actor, drawn, values, told)
            if not changes:
                return
            by, now = Signature.of(actor), self._clock.now()
            records, head = append(head, changes, at=self._now(), by=by, request=request)
            new = tuple(_kept(each, actor, now) for each in changes)
            tx.save_agency(AgencyChanges(head=head, records=records, office_values=new))

        self._store.transact(work)

    def _declaring(
        self, tx: Transaction, actor: Actor, process: str, names: Mapping[str, object]
    ) -> Process:
        """Give the process in force. Raises NotFound unless it declares all these names."""
        latest = tx.find_latest(actor.agency, process)
        if latest is not None:
            drawn = self._library.get(latest.id, tx).process
            if names.keys() <= declared_values(drawn).keys():
                return drawn
        raise NotFound(
            f"Expected numbers that {process} declares, but found {sorted(names)}",
            code="not_found",
            what="office_value",
        )


def _changes(
    tx: Transaction,
    actor: Actor,
    process: Process,
    values: Mapping[str, Decimal | None],
    reason: str,
) -> list[OfficeValueChanged]:
    """Give what is different from before. Raises InvalidSubmission for what can't be."""
    labels = declared_values(process)
    before = {v.name: v.value for v in tx.list_office_values(actor.agency, process.key)}
    new = {k: None if v is None else expect_number(v, labels[k]) for k, v in values.items()}
    expect_rising(process, {**before, **new})
    return [
        OfficeValueChanged(
            process=process.key,
            name=name,
            label=labels[name],
            value=value,
            previous=before.get(name),
            reason=reason,
        )
        for name, value in new.items()
        if value != before.get(name)
    ]


def _kept(change: OfficeValueChanged, actor: Actor, now: datetime) -> OfficeValue:
    return OfficeValue(
        process=change.process,
        name=change.name,
        value=change.value if isinstance(change.value, Decimal) else None,
        set_by=actor.name,
        set_at=now,
    )


def _reason(text: str) -> str:
    """Give a reason, which may be empty. Raises InvalidSubmission for a very long one."""
    if len(text.strip()) > MAX_REASON:
        raise InvalidSubmission(
            f"Expected at most {MAX_REASON} characters, but the reason has more",
            code="reason_long",
            limit=MAX_REASON,
        )
    return text.strip()
