"""A mistake in a form that stops a connector is mended in the case, and the work is begun anew with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correction_kit import FIRST, ISI, POSTS, correct, refused
from engine_maps import drawn
from engine_office import Dinas
from letter_kit import numbering

from engine.connectors.e_mail import Email
from engine.job import JobFailed, JobKind
from engine.worker import Worker

if TYPE_CHECKING:
    from engine.connectors.connector import Order
    from engine.ids import IncidentId, InstanceId
    from engine.job import Job
    from engine.user_task import UserTask

LINES = """
    start mulai
    user isi formRef=isi
    service kabar topic=alur.surel
    manual lain
    end selesai
    mulai -> isi
    isi -> kabar
    kabar -> lain
    lain -> selesai
"""
MAIL = {"surel.kepada": "${perihal}", "surel.perihal": "Izin", "surel.isi": "Terbit."}


def begun() -> tuple[Dinas, InstanceId, UserTask]:
    """Give a case whose first step was sent by `umum`, and that step."""
    dinas = Dinas(*POSTS)
    package = {"p.bpmn": numbering(drawn(LINES), {"kabar": MAIL}), "isi.form": ISI}
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    task = dinas.task(case)
    dinas.complete(task, "umum", **FIRST)
    return dinas, case, task


def work(dinas: Dinas, reply: str = "") -> list[Order | None]:
    """Let a worker do what is due: the mail server refuses it with this code, or takes it."""
    told: list[Order | None] = []

    def do(job: Job) -> None:
        told.append(dinas.runtime.find_order(job))
        if reply:
            raise JobFailed("refused", code=reply, is_final=True)
        dinas.runtime.complete_work(job, {}, worker="")

    worker = Worker(
        dinas.store.jobs,
        {JobKind.CONNECTOR: do},
        dinas.clock,
        give_up={JobKind.CONNECTOR: dinas.runtime.raise_incident},
    )
    worker.run_due(50)
    return told


def incident(dinas: Dinas, case: InstanceId) -> IncidentId:
    (found,) = dinas.store.transact(lambda tx: tx.list_incidents(case))
    return found.id


def test_an_address_that_was_refused_is_corrected_and_the_email_goes_to_the_right_one() -> None:
    dinas, case, task = begun()
    work(dinas, "mail_recipient_refused")
    correct(dinas, task, "umum", perihal="benar@contoh.id")
    dinas.runtime.retry_incident(
        incident(dinas, case), actor=dinas.person("umum"), request=dinas.request()
    )
    assert work(dinas) == [Email(to="benar@contoh.id", subject="Izin", body="Terbit.")]
    assert dinas.task(dinas.agree(case)).element == "lain"


def test_what_a_connector_has_sent_off_is_no_longer_corrected() -> None:
    dinas, _, task = begun()
    work(dinas)
    assert refused(dinas, task, "umum", perihal="x@contoh.id").code == "correction_of_decision"
