"""`alur worker`: let cases go on, write notices and send e-mails beside the processes that serve the pages."""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING

from web.application import assemble, open_parts
from web.commands.settings import settings_here
from web.commands.speaking import say
from web.config import InvalidSettings
from web.worker import start_workers, stop_workers, workers_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from types import FrameType

    from web.parts import Parts

SUMMARY = "Jalankan satu pekerja lagi di samping `alur run`, pada PostgreSQL."

EPILOG = (
    "Pekerja meneruskan perkara yang batas waktunya tiba, mengantar pesan antarperkara, menulis pemberitahuan, dan mengirim surel. "
    "`alur run` sudah memuat satu; jalankan ini sebanyak yang diperlukan, di mesin mana pun, dengan pengaturan yang sama. "
    "Tidak ada pekerjaan yang dikerjakan dua kali."
)


def add_arguments(parser: ArgumentParser) -> None:
    """Take whether it ends by itself."""
    parser.epilog = EPILOG
    parser.add_argument(
        "--once", action="store_true", help="kerjakan yang sudah jatuh tempo, lalu selesai"
    )


def execute(arguments: Namespace) -> int:
    """Work until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = settings_here()
    if settings.database_url.startswith("sqlite"):
        raise InvalidSettings(
            "Expected PostgreSQL, but SQLite has one writing process", code="worker_on_sqlite"
        )
    parts = open_parts(settings)
    try:
        if arguments.once:
            _work_off(parts)
        else:
            _work(parts)
    finally:
        parts.database.close()
    return 0


def _work_off(parts: Parts) -> None:
    workers = workers_of(parts, assemble(parts))
    while any(worker.run_due() for worker in workers):
        pass
    for worker in workers:
        worker.rest()


def _work(parts: Parts) -> None:
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, stop)
    workers = start_workers(parts, assemble(parts))
    try:
        say("Pekerja berjalan (hentikan dengan Ctrl+C)")
        stopped.wait()
    finally:
        stop_workers(workers)
