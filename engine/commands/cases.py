"""Commands on a whole case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import instance as case
from engine import permission
from engine.commands.commands import Commands, reason_of
from engine.ids import InstanceId

if TYPE_CHECKING:
    from engine.actor import Actor
    from engine.ids import DefinitionId, RequestId
    from engine.store import Transaction


class CaseCommands(Commands):
    """Start and cancel."""

    def start(
        self,
        definition: DefinitionId,
        *,
        actor: Actor,
        request: RequestId,
        business_key: str = "",
    ) -> InstanceId:
        """Start a case. Raises NotFound for a process of another agency, NotAllowed outside the lanes that start it."""

        def work(tx: Transaction) -> InstanceId:
            program = self._library.get(definition, tx)
            post = permission.starting_post(program.definition, actor)
            act = self._act(tx, actor, post, request)
            changes = case.start(InstanceId(self._ids.new()), program, business_key, act)
            tx.save(changes)
            return changes.instance.id

        return self._once(request, actor, work)

    def cancel(
        self, instance: InstanceId, reason: str, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Stop a case for a reason. Raises WrongState when it is over, Conflict when it was changed meanwhile."""

        def work(tx: Transaction) -> InstanceId:
            found = tx.get_instance(instance)
            definition = self._library.get(found.definition, tx).definition
            post = permission.expect_may_cancel(found, definition, actor, revision)
            tx.save(case.cancel(found, reason_of(reason), self._act(tx, actor, post, request)))
            return instance

        return self._once(request, actor, work)
