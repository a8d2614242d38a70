"""Files that people hand in: each content is kept once, under its SHA-256."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text
from engine.form import StoredFile
from storage.tables import files, uploads

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from engine.ids import PersonId
    from storage.database import Database

_KNOWN = select(files.c.digest).where(files.c.digest == bindparam("digest"))
_CONTENT = select(files.c.content, files.c.content_type).where(
    files.c.digest == bindparam("digest")
)
_UPLOADS = (
    select(uploads.c.name, files.c.digest, files.c.size, files.c.content_type)
    .join_from(uploads, files, files.c.digest == uploads.c.digest)
    .where(uploads.c.person_id == bindparam("person"))
    .order_by(uploads.c.uploaded_at.desc(), files.c.digest)
)
_UPLOADED_AGAIN = update(uploads).where(
    uploads.c.person_id == bindparam("old_person"), uploads.c.digest == bindparam("old_digest")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is in a file, and the type that its first uploader named."""

    content: bytes
    content_type: str


class Files:
    """Stores and finds contents. Who may see which is decided by the page that asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store_file(
        self, content: bytes, name: str, content_type: str, person: PersonId
    ) -> StoredFile:
        """Keep a content, unless it is there already, and note that this person handed it in under this name."""
        digest = hashlib.sha256(content).hexdigest()
        now = as_text(self._database.clock.now())
        kept = {
            "digest": digest,
            "size": len(content),
            "content_type": content_type,
            "content": content,
            "stored_at": now,
        }

        def work(connection: Connection) -> None:
            if connection.execute(_KNOWN, {"digest": digest}).first() is None:
                connection.execute(insert(files), [kept])
            _note_upload(connection, person, digest, {"name": name, "uploaded_at": now})

        self._write(work)
        return StoredFile(name=name, digest=digest, size=len(content), content_type=content_type)

    def find_content(self, digest: str) -> Content | None:
        """Give a content by its SHA-256 in hex."""

        def work(connection: Connection) -> Content | None:
            row = connection.execute(_CONTENT, {"digest": digest}).mappings().first()
            if row is None:
                return None
            return Content(content=row["content"], content_type=row["content_type"])

        return self._database.read(work)

    def list_uploads(self, person: PersonId) -> tuple[StoredFile, ...]:
        """Give the files that a person handed in, newest first: what a form may refer to again."""

        def work(connection: Connection) -> tuple[StoredFile, ...]:
            rows = connection.execute(_UPLOADS, {"person": person}).mappings()
            return tuple(StoredFile(**row) for row in rows)

        return self._database.read(work)

    def _write(self, work: Callable[[Connection], None]) -> None:
        # on PostgreSQL another one may store the same content, or the same person's upload, at this very moment
        for _ in range(2):
            with suppress(IntegrityError):
                return self._database.write(work)
        return self._database.write(work)


def _note_upload(
    connection: Connection, person: PersonId, digest: str, upload: dict[str, str]
) -> None:
    old = {"old_person": person, "old_digest": digest}
    if connection.execute(_UPLOADED_AGAIN, {**old, **upload}).rowcount == 0:
        connection.execute(insert(uploads), [{"person_id": person, "digest": digest, **upload}])
