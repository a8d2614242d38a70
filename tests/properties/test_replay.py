"""P4: folding the history gives the live tokens and the variables of every scope, after every command."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from kit import Case
from properties.amounts import examples
from properties.drawer import Wanted, processes
from properties.walks import FIRST, act, steps
from properties.written import definitions

from engine.actor import Signature
from engine.chain import Head, Record, append, instance_chain, read_event
from engine.ids import InstanceId
from engine.replay import Moment, fold

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject
    from properties.models import Block

AT = "2026-11-21T03:00:00.000000Z"
BY = Signature(person="p1", name="Lina")


class History:
    """The records of a case as they come out of a store."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._seen = 0
        self._head = Head(chain=instance_chain(InstanceId("c")))

    def take(self, case: Case) -> list[Record]:
        """Chain what happened since the last time and read it back; gives the new records."""
        chained, self._head = append(self._head, case.events[self._seen :], at=AT, by=BY)
        self._seen = len(case.events)
        fresh = [dataclasses.replace(r, event=read_event(r.event.type, r.data)) for r in chained]
        self.records += fresh
        return fresh


def seen(moment: Moment) -> object:
    tokens = {token: (active.element, active.scope) for token, active in moment.active.items()}
    scopes = {n: (s.definition, s.parent, dict(s.values)) for n, s in moment.scopes.items() if n}
    return tokens, scopes, dict(moment.variables())


def real(case: Case) -> object:
    all_scopes = case.execution._scopes.all
    scopes = {n: (s.definition, s.parent, s.values) for n, s in all_scopes.items() if n}
    return case.execution.active(), scopes, all_scopes[0].values


@examples(120)
@given(body=processes() | processes(Wanted(events=True, owns=True)), data=st.data())
def test_every_prefix_of_the_history_folds_to_what_the_case_was(
    body: Block, data: DataObject
) -> None:
    case = Case(*definitions(body)).start(**FIRST)
    history = History()
    moment = fold(history.take(case), {})
    ends = [(len(history.records), seen(moment))]
    assert seen(moment) == real(case)
    for place, values in steps(case, data):
        act(case, place, values)
        fold(history.take(case), {}, moment)
        assert seen(moment) == real(case)
        ends.append((len(history.records), seen(moment)))
    number = data.draw(st.sampled_from(range(len(ends))))
    length, then = ends[number]
    assert seen(fold(history.records[:length], {})) == then
