"""Commands on a whole case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import instance as case
from engine import permission
from engine.commands.commands import Commands, reason_of
from engine.ids import InstanceId
from engine.office_value import expect_set

if TYPE_CHECKING:
    from engine.actor import Actor
    from engine.ids import DefinitionId, RequestId
    from engine.spiff.program import Program
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
        """Start a case.

        Raises NotFound for a process of another agency, NotAllowed outside the lanes that start it, WrongState while the
        office has not set all numbers that the process and those that it calls declare.
        """

        def work(tx: Transaction) -> InstanceId:
            program = self._library.get(definition, tx)
            post = permission.starting_post(program.definition, actor)
            act = self._act(tx, actor, post, request)
            for each in self._with_called(program, tx):
                expect_set(each.process, act.values_of(each.definition.key))
            changes = case.start(InstanceId(self._ids.new()), program, business_key, act)
            tx.save(changes)
            return changes.instance.id

        return self._once(request, actor, work)

    def _with_called(self, program: Program, tx: Transaction) -> list[Program]:
        """Give the process and all that it calls, directly or not."""
        found = {program.definition.id: program}
        waiting = [program]
        while waiting:
            for called in waiting.pop().definition.calls.values():
                if called not in found:
                    found[called] = self._library.get(called, tx)
                    waiting.append(found[called])
        return list(found.values())

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
