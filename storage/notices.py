"""Notices as rows: written from the records of a command, taken back when nobody is called any more, marked as read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, insert, select, update

from engine.clock import as_text
from engine.digest import digest_job, mail_job, next_digest
from engine.ids import AgencyId, ChainId, PersonId
from engine.notice import INVITATIONS, MailChoice, tell
from engine.variables import object_of
from storage.circle import SqlCircle
from storage.directory import find_agency
from storage.history import PAGE, list_records
from storage.jobs import add_jobs_once, finish_job
from storage.tables import notices, persons

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime, time

    from sqlalchemy import Connection, RowMapping, Update

    from engine.chain import Record
    from engine.ids import InstanceId, NoticeId, UserTaskId
    from engine.job import Job
    from engine.notice import Notice, Telling
    from storage.database import Database

_MAIL = select(persons.c.id, persons.c.mail, persons.c.email).where(
    persons.c.id.in_(bindparam("persons", expanding=True)), persons.c.closed_at.is_(None)
)
_ADD = insert(notices)
_TAKE_BACK = delete(notices).where(
    notices.c.task_id.in_(bindparam("tasks", expanding=True)),
    notices.c.read_at.is_(None),
    notices.c.kind.in_(sorted(INVITATIONS)),
)
_UNREAD = and_(notices.c.person_id == bindparam("person"), notices.c.read_at.is_(None))
_READ = update(notices).where(_UNREAD)
_TOLD = update(notices).where(
    notices.c.person_id == bindparam("person"),
    notices.c.id.in_(bindparam("told", expanding=True)),
)


class Notices:
    """What becomes of a person's notices."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark_read(self, person: PersonId, notice: NoticeId | None = None) -> None:
        """Mark one notice of the person as read, or all of them; one that isn't there is no error."""
        mark = _READ if notice is None else _READ.where(notices.c.id == notice)
        self._mark(mark.values(read_at=as_text(self._database.clock.now())), person)

    def mark_opened(self, person: PersonId, case: InstanceId, task: UserTaskId | None) -> None:
        """Mark what led to a task as read, or to the case itself; nothing is written when there was nothing."""
        here = and_(notices.c.instance_id == case, notices.c.task_id.is_not_distinct_from(task))
        unread = select(notices.c.id).where(_UNREAD, here).limit(1)
        if self._database.read(lambda c: c.execute(unread, {"person": person}).first()) is None:
            return
        now = as_text(self._database.clock.now())
        self._mark(_READ.where(here).values(read_at=now), person)

    def finish_digest(self, job: Job, told: Collection[NoticeId]) -> None:
        """Note that a digest has told these notices, and take its job off. Raises LeaseLost."""
        person = object_of(job.data)["person"]

        def work(connection: Connection) -> None:
            connection.execute(_TOLD.values(for_digest=0), {"person": person, "told": sorted(told)})
            finish_job(connection, job)

        self._database.write(work)

    def _mark(self, statement: Update, person: PersonId) -> None:
        self._database.write(lambda c: c.execute(statement, {"person": person}).close())


class Notifier:
    """Does the jobs of the kind `notify`: writes the notices of a command's records and lays out their e-mails.

    `digest_at` is the time of day of digests, in the agency's zone; None when no e-mail can be sent. `wake` is called after
    a commit that left e-mails to send now.
    """

    def __init__(
        self, database: Database, *, digest_at: time | None, wake: Callable[[], None]
    ) -> None:
        self._database = database
        self._digest_at = digest_at
        self._wake = wake

    def __call__(self, job: Job) -> None:
        """Write the notices and take the job off, in one transaction. Raises LeaseLost."""
        now = self._database.clock.now()

        def work(connection: Connection) -> bool:
            finish_job(connection, job)
            given = object_of(job.data)
            records = read_command(connection, ChainId(str(given["chain"])), int(str(given["seq"])))
            telling = tell(records, SqlCircle(connection, now))
            return self._write(connection, telling, job.agency, now)

        if self._database.write(work):
            self._wake()

    def _write(
        self, connection: Connection, telling: Telling, agency: AgencyId, now: datetime
    ) -> bool:
        """Write what is told; True when there is an e-mail to send now."""
        if telling.settled:
            connection.execute(_TAKE_BACK, {"tasks": sorted(telling.settled)})
        people = _people(connection, {notice.person for notice in telling.notices})
        known = [notice for notice in telling.notices if notice.person in people]
        if not known:
            return False
        choices = {notice.id: self._choice(people[notice.person]) for notice in known}
        rows = [_row(n, for_digest=choices[n.id] is MailChoice.DIGEST) for n in known]
        connection.execute(_ADD, rows)
        at_once = [mail_job(n, agency, now) for n in known if choices[n.id] is MailChoice.EACH]
        add_jobs_once(connection, at_once)
        for_digest = {n.person for n in known if choices[n.id] is MailChoice.DIGEST}
        add_jobs_once(connection, self._digests(connection, for_digest, agency, now))
        return bool(at_once)

    def _choice(self, person: RowMapping) -> MailChoice:
        can_be_sent = self._digest_at is not None and person["email"]
        return MailChoice(person["mail"]) if can_be_sent else MailChoice.OFF

    def _digests(
        self, connection: Connection, people: Collection[PersonId], agency: AgencyId, now: datetime
    ) -> list[Job]:
        found = find_agency(connection, agency)
        if self._digest_at is None or found is None:
            return []
        due = next_digest(now, self._digest_at, found.zone)
        return [digest_job(person, agency, now, due) for person in sorted(people)]


def read_command(connection: Connection, chain: ChainId, lead: int) -> tuple[Record, ...]:
    """Give the records of a command, by the number of its first one."""
    records: list[Record] = []
    while page := list_records(connection, chain, after=lead + len(records) - 1):
        mine = [record for record in page if lead in (record.seq, record.cause)]
        records.extend(mine)
        if len(mine) < PAGE:
            break
    return tuple(records)


def _people(connection: Connection, wanted: Collection[PersonId]) -> Mapping[str, RowMapping]:
    if not wanted:
        return {}
    rows = connection.execute(_MAIL, {"persons": sorted(wanted)}).mappings()
    return {row["id"]: row for row in rows}


def _row(notice: Notice, *, for_digest: bool) -> dict[str, object]:
    return {
        "person_id": notice.person,
        "id": notice.id,
        "kind": notice.kind,
        "chain_id": notice.chain,
        "seq": notice.seq,
        "lead_seq": notice.lead,
        "at": notice.at,
        "instance_id": notice.case,
        "task_id": notice.task,
        "read_at": None,
        "for_digest": int(for_digest),
    }
