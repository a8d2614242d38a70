"""Two who want the same thing at the same moment: an office on a database, its people at browsers, and what they do."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from engine_maps import drawn, form_of
from meeting import meeting_on
from web_kit import MORNING, Caller, parts_of

from engine.actor import Role, Signature
from engine.chain import GENESIS, digest, instance_chain
from engine.errors import AlurError
from engine.ids import AgencyId, PersonId, RequestId
from engine.office import NO_PASSWORD
from engine.store import Registration
from engine.testing import FixedClock, example_office, example_post
from storage.history import read_chain
from storage.store import SqlStore
from web.application import create_app
from web.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from web_kit import Seen

    from engine.actor import Actor
    from engine.ids import DefinitionId, InstanceId
    from engine.store import Transaction
    from engine.user_task import UserTask

T = TypeVar("T")

LONG_AGO = timedelta(days=30)
"""How long the office is there already."""

AGENCY = AgencyId("contoh")
SEND, REFUSED = 303, 409
WRITTEN = "Teks yang panjang sekali dan tidak boleh hilang"

STRAIGHT = "start mulai\nuser tulis formRef=tulis\nmanual periksa\nend selesai\nmulai -> tulis\ntulis -> periksa\nperiksa -> selesai"
FORKED = (
    "start mulai\nand bagi\nmanual kiri\nmanual kanan\nand gabung\nmanual periksa\nend selesai\n"
    "mulai -> bagi\nbagi -> kiri\nbagi -> kanan\nkiri -> gabung\nkanan -> gabung\n"
    "gabung -> periksa\nperiksa -> selesai"
)
LIMITED = (
    "start mulai\nuser tulis formRef=tulis\nboundary batas on=tulis duration=P2D\n"
    "manual habis\nend selesai\nmulai -> tulis\ntulis -> selesai\nbatas -> habis\nhabis -> selesai"
)
"""A form that is to be sent within two days."""
SENDING = "start mulai\nthrow beri message=kabar\nend selesai\nmulai -> beri\nberi -> selesai"
"""Sends a message to the case with the same business key."""
AWAITING = (
    "start mulai\ncatch tunggu message=kabar\nmanual periksa\nend selesai\n"
    "mulai -> tunggu\ntunggu -> periksa\nperiksa -> selesai"
)
CHOOSING = (
    "start mulai\nevents pilih\ncatch datang message=kabar\ncatch lewat duration=P2D\n"
    "manual periksa\nmanual habis\nend selesai\nmulai -> pilih\npilih -> datang\npilih -> lewat\n"
    "datang -> periksa\nlewat -> habis\nperiksa -> selesai\nhabis -> selesai"
)
"""Goes on with the message or, after two days, without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an act ended: a status as HTTP has it, and the page or the code of the refusal."""

    status: int
    text: str

    @property
    def won(self) -> bool:
        """Whether it was carried out."""
        return self.status == SEND


class Arena:
    """An office of three clerks of one lane and their head, behind the application, on the database of an address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = FixedClock(MORNING - LONG_AGO)
        self.app = create_app(Settings(database_url=url), self.clock)
        self.parts = parts_of(self.app)
        self.met = False
        self._order = Random(4)  # noqa: S311 - who begins, the same in each run
        self.runtime, self.database = self.parts.runtime, self.parts.database
        posts = (example_post("kepala", "kepala"), example_post("staf", "petugas"))
        self.runtime.set_up(example_office(*posts))
        for login in ("ani", "budi", "citra"):
            self._hire(login, "staf", Role.STAFF)
        self._hire("kepala", "kepala", Role.PROCESS_OWNER)
        self.clock.set(MORNING)
        self._callers = {login: self._sit_down(login) for login in ("ani", "budi", "kepala")}
        self.straight = self.deploy(STRAIGHT, "lurus")
        self.forked = self.deploy(FORKED, "cabang")
        self.limited = self.deploy(LIMITED, "terbatas")
        self.sending = self.deploy(SENDING, "mengirim")
        self.awaiting = self.deploy(AWAITING, "menanti")
        self.choosing = self.deploy(CHOOSING, "memilih")

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def deploy(self, lines: str, key: str) -> DefinitionId:
        """Deploy a drawing, or a new version of it."""
        files = {f"{key}.bpmn": drawn(lines, key=key)}
        if "formRef=tulis" in lines:
            files["tulis.form"] = form_of("tulis", "isi")
        return self.runtime.deploy(files, agency=AGENCY, by=Signature.of_system())[0].id

    def actor(self, login: str) -> Actor:
        """Give a person."""
        return self.transact(lambda tx: tx.get_actor(PersonId(login)))

    def start(self, definition: DefinitionId, key: str = "") -> InstanceId:
        """Begin a case."""
        return self.runtime.start(
            definition, actor=self.actor("ani"), request=self.request(), business_key=key
        )

    def request(self) -> RequestId:
        """Give a new request id."""
        return RequestId(self.parts.ids.new())

    def open_tasks(self, case: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        return self.transact(lambda tx: tx.list_open_tasks(case))

    def browser(self, login: str) -> Caller:
        """Give the browser of a person."""
        return self._callers[login]

    def page_of(self, login: str, task: UserTask) -> Seen:
        """Open a task at a person's browser."""
        return self.browser(login).get(f"/tugas/{task.id}")

    def forget(self, login: str, task: UserTask) -> None:
        """Throw a person's draft away; only the newest hundred are kept."""
        self.parts.drafts.drop_draft(PersonId(login), task.id)

    def sends(self, login: str, page: Seen) -> Callable[[], Outcome]:
        """Give the act of sending a task's form as it was opened."""
        return self.posts(login, page.path, {**page.form(page.path), "isi": WRITTEN})

    def posts(self, login: str, path: str, fields: Mapping[str, str]) -> Callable[[], Outcome]:
        """Give the act of sending a form from a person's browser."""
        client = self.browser(login).client

        def act() -> Outcome:
            answer = client.post(path, data=fields)
            return Outcome(status=answer.status_code, text=answer.text)

        return act

    def commands(self, work: Callable[[], object]) -> Callable[[], Outcome]:
        """Give an act of Alur's own: a command that no browser sends."""

        def act() -> Outcome:
            try:
                work()
            except AlurError as error:
                return Outcome(status=REFUSED, text=error.code)
            return Outcome(status=SEND, text="")

        return act

    def events(self, case: InstanceId) -> list[str]:
        """Give what happened in a case, by type, after a look at every link of its chain."""
        records = self.database.read(lambda c: read_chain(c, instance_chain(case)))
        before = GENESIS
        for seq, record in enumerate(records, 1):
            assert (record.seq, record.prev, record.hash) == (seq, before, digest(record))
            before = record.hash
        return [record.event.type for record in records]

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run a work of the store."""
        return SqlStore(self.database).transact(work)

    def contest(self, *acts: Callable[[], Outcome]) -> tuple[Outcome, ...]:
        """Let the acts meet; gives how each ended."""
        found: dict[int, Outcome] = {}
        with meeting_on(self.database) as meeting:

            def run(place: int, act: Callable[[], Outcome]) -> None:
                try:
                    found[place] = act()
                finally:
                    meeting.ended()

            threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
            self._order.shuffle(threads)
            for thread in threads:
                thread.start()
            meeting.release()
            for thread in threads:
                thread.join()
        self.met = meeting.met
        assert len(found) == len(acts), "one of them never came to its end"
        return tuple(found[place] for place in range(len(acts)))

    def _hire(self, login: str, post: str, role: Role) -> None:
        person = Registration(
            person=PersonId(login),
            agency=AGENCY,
            login=login,
            name=f"Nama {login.title()}",
            posts=(example_post(post).id,),
            roles=frozenset({role}),
            password_hash=NO_PASSWORD,
        )
        self.runtime.register(person, by=Signature.of_system())

    def _sit_down(self, login: str) -> Caller:
        caller = Caller(self.app)
        opened = self.parts.sessions.open_session(PersonId(login))
        caller.client.set_cookie("alur_sesi", opened.token)
        return caller


def one_wins(arena: Arena, outcomes: tuple[Outcome, ...]) -> int:
    """Give the place of the one that won; the other was refused, and they did meet."""
    assert arena.met
    assert sorted(outcome.status for outcome in outcomes) == [SEND, REFUSED]
    return next(place for place, outcome in enumerate(outcomes) if outcome.won)
