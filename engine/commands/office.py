"""Commands on an office: its units and posts, its people, the processes in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.chain import append
from engine.clock import as_text
from engine.commands.commands import Commands
from engine.deployment import prepare
from engine.errors import Conflict, NotFound
from engine.history import (
    AgencyRegistered,
    DecisionDeployed,
    DefinitionDeployed,
    HistoryEvent,
    MapKept,
    PersonRegistered,
)
from engine.store import AgencyChanges, Office, WaitChanges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.actor import Agency, Signature
    from engine.chain import Head, Record
    from engine.decision import StoredDecision
    from engine.deployment import Prepared
    from engine.ids import AgencyId, RequestId
    from engine.kept_map import KeptMap
    from engine.seen import SeenInForce
    from engine.store import Definition, Registration, Transaction


class OfficeCommands(Commands):
    """Set up, register, deploy."""

    def set_up(self, office: Office) -> None:
        """Write an agency with its units and posts; what is there already is brought up to date."""
        self._store.transact(lambda tx: tx.save_office(office))

    def found(self, agency: Agency, registration: Registration, *, by: Signature) -> None:
        """Set up a new agency with its first account, in one act. Raises Conflict when agency or login are taken."""

        def work(tx: Transaction) -> None:
            if _is_there(tx, agency.id):
                raise Conflict(
                    f"Expected a new agency, but {agency.id} is there",
                    code="agency_taken",
                    agency=agency.id,
                )
            tx.save_office(Office(agency=agency))
            begun = AgencyRegistered(agency=agency.id, name=agency.name, zone=agency.zone)
            events = (begun, _registered(registration))
            head = tx.get_agency_head(agency.id)
            records, head = append(head, events, at=self._now(), by=by)
            tx.save_agency(AgencyChanges(head=head, records=records, registrations=(registration,)))

        self._store.transact(work)

    def register(self, registration: Registration, *, by: Signature) -> None:
        """Give a person an account and posts. Raises Conflict when the login is taken."""
        event = _registered(registration)

        def work(tx: Transaction) -> None:
            head = tx.get_agency_head(registration.agency)
            records, head = append(head, [event], at=self._now(), by=by)
            tx.save_agency(AgencyChanges(head=head, records=records, registrations=(registration,)))

        self._store.transact(work)

    def deploy(
        self,
        package: Mapping[str, bytes],
        *,
        agency: AgencyId,
        by: Signature,
        request: RequestId | None = None,
    ) -> tuple[Definition, ...]:
        """Put the processes of a package in force (`put_in_force`). Gives the versions now in force of its processes."""
        return self.put_in_force(package, agency=agency, by=by, request=request).definitions

    def put_in_force(
        self,
        package: Mapping[str, bytes],
        *,
        agency: AgencyId,
        by: Signature,
        request: RequestId | None = None,
        seen: SeenInForce | None = None,
    ) -> Prepared:
        """Put the processes and decisions of a package in force, all or none. Raises Refused with all findings.

        With `seen` nothing is replaced that its owner did not see in force: raises Conflict (`in_force_changed`).

        A process that is in force already, with the same drawing, forms, decisions bound to it and calls, keeps its
        version; so does a decision with the same file. Gives the versions now in force of the package's executable
        processes and of its decisions, with what its owner is warned of. A process that is only drawn is kept as a map.
        """

        def work(tx: Transaction) -> Prepared:
            head = tx.get_agency_head(agency)
            now = self._clock.now()
            prepared = prepare(package, agency=agency, versions=tx, ids=self._ids, now=now)
            if seen is not None:
                seen.check(prepared.new, prepared.decisions.new)
            events = list(_brought(prepared))
            if events:
                records, head = append(head, events, at=as_text(now), by=by, request=request)
                tx.save_agency(_in_force(prepared, head, records))
            return prepared

        return self._store.transact(work)


def _is_there(tx: Transaction, agency: AgencyId) -> bool:
    try:
        tx.get_agency(agency)
    except NotFound:
        return False
    return True


def _brought(prepared: Prepared) -> Iterator[HistoryEvent]:
    """Tell what a deployment brings: decisions before the processes that ask them."""
    yield from (_decided(decision) for decision in prepared.decisions.new)
    yield from (_deployed(definition) for definition in prepared.new)
    yield from (_kept(each) for each in prepared.maps)


def _in_force(prepared: Prepared, head: Head, records: tuple[Record, ...]) -> AgencyChanges:
    starts = prepared.start_timers
    waits = WaitChanges(
        jobs=starts.jobs,
        dropped_jobs=starts.dropped,
        subscriptions=prepared.start_subscriptions,
    )
    return AgencyChanges(
        head=head,
        records=records,
        definitions=prepared.new,
        waits=waits,
        decisions=prepared.decisions.new,
        decisions_kept=prepared.decisions.kept,
        maps=prepared.maps,
    )


def _registered(registration: Registration) -> PersonRegistered:
    return PersonRegistered(
        person=registration.person,
        login=registration.login,
        posts=tuple(registration.posts),
        roles=tuple(sorted(registration.roles)),
    )


def _deployed(definition: Definition) -> DefinitionDeployed:
    return DefinitionDeployed(
        definition=definition.id,
        key=definition.key,
        version=definition.version,
        digest=definition.digest,
        resource=definition.resource,
    )


def _kept(new: KeptMap) -> MapKept:
    return MapKept(
        map=new.id,
        key=new.key,
        name=new.name,
        version=new.version,
        digest=new.digest,
        resource=new.resource,
    )


def _decided(decision: StoredDecision) -> DecisionDeployed:
    return DecisionDeployed(
        stored=decision.id,
        decision=decision.key,
        name=decision.name,
        version=decision.version,
        tag=decision.tag,
        digest=decision.digest,
        resource=decision.resource,
    )
