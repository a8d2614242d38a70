"""Packages that were checked and may be put in force: kept for a while for the person who sent them, and for nobody else.

A package lies among the files that people hand in, as one content, under its SHA-256: it outlives a restart, every process
of Alur finds it, and two tabs have two packages. What is too old, or one too many, goes when the person sends the next one.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text
from storage.files import Files
from storage.tables import files, instance_files, uploads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from engine.ids import PersonId
    from storage.database import Database

KEPT = timedelta(hours=2)
"""How long a package can be put in force after it was checked."""

MOST_KEPT = 10
"""Packages of one person; the oldest goes when there is one more."""

_TYPE = "application/x-alur-package"
"""The content type of a package; no file of a form has it."""

_OF_PERSON = (
    select(uploads.c.digest, uploads.c.uploaded_at)
    .join_from(uploads, files, files.c.digest == uploads.c.digest)
    .where(uploads.c.person_id == bindparam("person"), files.c.content_type == _TYPE)
    .order_by(uploads.c.uploaded_at.desc(), uploads.c.digest)
)
_CONTENT = (
    select(files.c.content)
    .join_from(uploads, files, files.c.digest == uploads.c.digest)
    .where(
        uploads.c.person_id == bindparam("person"),
        uploads.c.digest == bindparam("digest"),
        uploads.c.uploaded_at >= bindparam("since"),
        files.c.content_type == _TYPE,
    )
)
_DROP_UPLOADS = delete(uploads).where(
    uploads.c.person_id == bindparam("person"),
    uploads.c.digest.in_(bindparam("digests", expanding=True)),
)
_DROP_FILES = delete(files).where(
    files.c.digest.in_(bindparam("digests", expanding=True)),
    ~exists().where(uploads.c.digest == files.c.digest),
    ~exists().where(instance_files.c.digest == files.c.digest),
)


class Packages:
    """Keeps and finds packages."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._files = Files(database)

    def keep_package(self, person: PersonId, package: Mapping[str, bytes]) -> str:
        """Keep a package for a person, in place of what is too old, and give the digest that finds it."""
        content = _written(package)
        kept = self._files.store_file(content, "", _TYPE, person)
        self._clear(person, kept.digest)
        return kept.digest

    def find_package(self, person: PersonId, digest: str) -> Mapping[str, bytes] | None:
        """Give what a person had checked lately, by its digest: file name to content, in the order it came."""
        since = as_text(self._database.clock.now() - KEPT)
        this = {"person": person, "digest": digest, "since": since}
        found = self._database.read(lambda c: c.execute(_CONTENT, this).scalar())
        return None if found is None else _read(found)

    def _clear(self, person: PersonId, newest: str) -> None:
        since = as_text(self._database.clock.now() - KEPT)

        def old(connection: Connection) -> list[str]:
            rows = connection.execute(_OF_PERSON, {"person": person}).mappings()
            return [
                row["digest"]
                for number, row in enumerate(rows)
                if row["digest"] != newest and (number >= MOST_KEPT or row["uploaded_at"] < since)
            ]

        gone = self._database.read(old)

        def work(connection: Connection) -> None:
            connection.execute(_DROP_UPLOADS, {"person": person, "digests": gone})
            connection.execute(_DROP_FILES, {"digests": gone})

        if gone:
            # on PostgreSQL somebody else may send the very same package at this moment; the next one clears it
            with suppress(IntegrityError):
                self._database.write(work)


def _written(package: Mapping[str, bytes]) -> bytes:
    sizes = json.dumps([[name, len(content)] for name, content in package.items()])
    return zlib.compress(b"\n".join((sizes.encode(), b"".join(package.values()))))


def _read(content: bytes) -> Mapping[str, bytes]:
    sizes, _, rest = zlib.decompress(content).partition(b"\n")
    package: dict[str, bytes] = {}
    start = 0
    for name, size in json.loads(sizes):
        package[name] = rest[start : start + size]
        start += size
    return package
