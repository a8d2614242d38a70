"""`alur run`: serve the pages until the program is stopped."""

from __future__ import annotations

import logging
import signal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from storage.queries.people import list_agencies, list_persons
from web.application import assemble, open_parts
from web.commands.settings import settings_here
from web.commands.speaking import say
from web.demonstration import PASSWORD, fill
from web.server import serve
from web.words import sentence
from web.worker import start_workers, stop_workers

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from types import FrameType

    from web.config import Settings
    from web.parts import Parts

SUMMARY = "Jalankan Alur sampai dihentikan dengan Ctrl+C."


def add_arguments(parser: ArgumentParser) -> None:
    """Take nothing; everything is a setting."""
    parser.epilog = "Pengaturan dibaca dari ALUR_* di lingkungan dan dari berkas ALUR_SETTINGS."


def execute(_arguments: Namespace) -> int:
    """Serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = settings_here()
    parts = open_parts(settings)
    # Ctrl-C too: a program that was started in the background of a shell has been told to ignore it
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, _leave)
    try:
        greet(parts)
        _say_how_mail_goes(settings)
        _serve(parts)
    finally:
        parts.database.close()
    return 0


def greet(parts: Parts) -> None:
    """Fill an empty demonstration and say who its people are; of another empty database say how it gets its first account."""
    if parts.settings.demonstration:
        fill(parts)
        _introduce(parts)
    elif not parts.database.read(list_agencies):
        say(sentence("agency_none"))


def _serve(parts: Parts) -> None:
    app = assemble(parts)
    workers = start_workers(parts, app)
    try:
        say(f"Alur berjalan di {parts.settings.address} (hentikan dengan Ctrl+C)")
        serve(app, parts.settings)
    finally:
        stop_workers(workers)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl+C does, so that what was begun comes to its end."""
    raise KeyboardInterrupt


def _say_how_mail_goes(settings: Settings) -> None:
    if settings.smtp_url:
        server = urlsplit(settings.smtp_url)
        say(f"Surel dikirim lewat {server.hostname}; ringkasan pukul {settings.digest_at:%H.%M}.")
    else:
        say("Surel tidak diatur (ALUR_SMTP_URL): pemberitahuan hanya ada di lonceng.")


def _introduce(parts: Parts) -> None:
    say(f"Pemasangan peragaan. Kata sandi semua akun: {PASSWORD}")
    persons = parts.database.read(lambda c: list_persons(c, parts.clock.now()))
    for agency in parts.database.read(list_agencies):
        say(agency.name)
        for person in persons:
            if person.agency == agency.id:
                say(f"  {person.login:16} {person.name}")
