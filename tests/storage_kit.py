"""What is stored in tests of the storage: an office, a process, a case with its tasks."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from engine import chain
from engine.actor import Role, Signature
from engine.chain import GENESIS, Head, agency_chain, instance_chain
from engine.clock import as_text
from engine.history import InstanceStarted, SignedIn, VariablesChanged
from engine.ids import (
    AgencyId,
    DefinitionId,
    DeploymentId,
    InstanceId,
    LaneId,
    PersonId,
    PostId,
    RequestId,
    user_task_id,
)
from engine.store import (
    AgencyChanges,
    Changes,
    Definition,
    Instance,
    InstanceState,
    Registration,
)
from engine.testing import example_office, example_post
from engine.user_task import TaskState, UserTask
from storage.errors import MESSAGES, StorageFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection

    from engine.chain import Record
    from engine.ids import ChainId
    from engine.store import Store, Transaction
    from engine.testing import FixedClock
    from engine.worker import Jobs

START = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)
AGENCY = AgencyId("contoh")
CASE = InstanceId("case")
BY = Signature(person="ani", name="Ani", post="kepala", post_name="Kepala")
OFFICE = example_office(example_post("kepala", "lane_kepala"), example_post("staf", "lane_staf"))


@dataclass(frozen=True, kw_only=True)
class Backend:
    """A store with what its history shows afterwards."""

    store: Store
    records: Callable[[ChainId], tuple[Record, ...]]
    personal: Callable[[ChainId], Mapping[tuple[int, str], bytes]]


@dataclass(frozen=True, kw_only=True)
class Workplace(Backend):
    """A store with its jobs and the clock of both."""

    jobs: Jobs
    clock: FixedClock


def registration(login: str = "ani", *posts: str, agency: str = AGENCY) -> Registration:
    """Give a person whose id is the login."""
    return Registration(
        person=PersonId(login),
        agency=AgencyId(agency),
        login=login,
        name=login.title(),
        posts=tuple(map(PostId, posts)),
        roles=frozenset({Role.STAFF}),
        password_hash=f"hash of {login}",
    )


def definition(version: int = 1, key: str = "surat") -> Definition:
    """Give a version of a process with two forms and a call."""
    return Definition(
        id=DefinitionId(f"{key}-{version}"),
        deployment=DeploymentId("deployment"),
        agency=AGENCY,
        key=key,
        version=version,
        name="Surat keluar",
        digest="00ff",
        resource="surat.bpmn",
        source=b"<xml \x00\xff/>",
        forms={"a": b"{}", "b": b"[]"},
        calls={"lain": DefinitionId("lain-1")},
        lanes=frozenset({LaneId("lane_kepala"), LaneId("lane_staf")}),
        starters=frozenset({LaneId("lane_staf")}),
        deployed_at=START,
        tag=f"tag-{version}",
        starter_groups=("umum", "kepala"),
        starter_persons=("ani.kepala",),
        retention="P5Y",
    )


def instance(ident: str = CASE, revision: int = 1, head: Head | None = None) -> Instance:
    """Give a running case at a revision."""
    return Instance(
        id=InstanceId(ident),
        agency=AGENCY,
        definition=DefinitionId("surat-1"),
        key="surat",
        state=InstanceState.RUNNING,
        revision=revision,
        number="001/A/2026",
        subject="Undangan “rapat”",
        business_key="kunci",
        started_at=START,
        ended_at=None,
        frontier=b"\x00\x01frontier",
        variables=b'{"0":{}}',
        head=head or Head(chain=instance_chain(InstanceId(ident))),
    )


def task(token: int, case: str = CASE, **fields: object) -> UserTask:
    """Give a task that nobody has taken yet, or with other fields."""
    plain = UserTask(
        id=user_task_id(InstanceId(case), token),
        instance=InstanceId(case),
        agency=AGENCY,
        definition=DefinitionId("surat-1"),
        element="Periksa",
        name="Periksa surat",
        lane=LaneId("lane_kepala"),
        on_behalf_of="",
        candidate_groups=(),
        candidate_persons=(),
        due_at=START + timedelta(days=3),
        state=TaskState.CREATED,
        holder=None,
        holder_name="",
        revision=1,
        created_at=START,
        changed_at=START,
    )
    return dataclasses.replace(plain, **fields)


def set_up(store: Store, *registrations: Registration) -> None:
    """Store the office, its people (Ani, the head, if nobody is named) and the first version of a process."""

    def work(transaction: Transaction) -> None:
        transaction.save_office(OFFICE)
        change_agency(
            transaction,
            registrations=registrations or (registration("ani", "kepala"),),
            definitions=(definition(),),
        )

    store.transact(work)


def change_agency(transaction: Transaction, **changes: object) -> None:
    """Save changes of the agency behind its head, with one record."""
    head = transaction.get_agency_head(AGENCY)
    records, head = chain.append(head, (SignedIn(),), at=as_text(START), by=BY)
    transaction.save_agency(AgencyChanges(head=head, records=records, **changes))


def started(*tasks: UserTask, request: str = "start", ident: str = CASE) -> Changes:
    """Give the changes that begin a case with these tasks."""
    head = Head(chain=instance_chain(InstanceId(ident)))
    events = (
        InstanceStarted(definition="surat-1", key="surat", version=1, digest="00ff"),
        VariablesChanged(set={"a": "b"}),
    )
    records, head = chain.append(head, events, at=as_text(START), by=BY, request=RequestId(request))
    return Changes(
        instance=instance(ident, head=head), is_new=True, records=records, new_tasks=tasks
    )


def advanced(case: Instance, request: str, **changes: object) -> Changes:
    """Give the changes of one more command on a case."""
    event = VariablesChanged(set={"request": request})
    records, head = chain.append(
        case.head, (event,), at=as_text(START), by=BY, request=RequestId(request)
    )
    moved = dataclasses.replace(case, revision=case.revision + 1, head=head)
    return Changes(instance=moved, records=records, **changes)


AGENCY_CHAIN = agency_chain(AGENCY)
CASE_CHAIN = instance_chain(CASE)


def add_agency(name: str) -> Callable[[Connection], str]:
    """Give a command that writes one row and answers with its name."""
    insert = text(
        "INSERT INTO agencies (id, name, zone, head_seq, head_hash) VALUES (:id, '', '', 0, :hash)"
    )

    def work(connection: Connection) -> str:
        connection.execute(insert, {"id": name, "hash": GENESIS})
        return name

    return work


def agencies(connection: Connection) -> set[str]:
    """Give the ids of the agencies."""
    return set(connection.execute(text("SELECT id FROM agencies")).scalars())


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[StorageFailed]]:
    """Expect a failure of the storage with this code."""
    with pytest.raises(StorageFailed) as caught:
        yield caught
    assert caught.value.code == code
    assert str(caught.value).startswith(MESSAGES[code])
