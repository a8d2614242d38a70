"""`alur run`: serve the pages until the program is stopped."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import waitress

from storage.queries.people import list_persons
from web.application import assemble, open_parts
from web.commands.settings import settings_here
from web.commands.speaking import say
from web.demonstration import PASSWORD, fill

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

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
    try:
        if settings.demonstration:
            fill(parts)
            _introduce(parts)
        say(f"Alur berjalan di {settings.address} (hentikan dengan Ctrl+C)")
        waitress.serve(
            assemble(parts),
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
        )
    finally:
        parts.database.close()
    return 0


def _introduce(parts: Parts) -> None:
    say(f"Pemasangan peragaan. Kata sandi semua akun: {PASSWORD}")
    for person in parts.database.read(lambda c: list_persons(c, parts.clock.now())):
        say(f"  {person.login:12} {person.name}")
