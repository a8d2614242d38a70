"""Previews of files: small pictures of their first pages, kept by the digest of the file, so each is made once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text, from_text
from storage.tables import preview_pages, previews

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from storage.database import Database

_PREVIEW = select(previews.c.pages, previews.c.refusal, previews.c.made_at).where(
    previews.c.digest == bindparam("digest")
)
_SIZES = (
    select(preview_pages.c.page, preview_pages.c.width, preview_pages.c.height)
    .where(preview_pages.c.digest == bindparam("digest"))
    .order_by(preview_pages.c.page)
)
_PAGE = select(
    preview_pages.c.width,
    preview_pages.c.height,
    preview_pages.c.content_type,
    preview_pages.c.content,
).where(preview_pages.c.digest == bindparam("digest"), preview_pages.c.page == bindparam("page"))
_DROP_PAGES = delete(preview_pages).where(preview_pages.c.digest == bindparam("digest"))
_DROP = delete(previews).where(previews.c.digest == bindparam("digest"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """A page that is shown, numbered from 1, in pixels."""

    number: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """A page as it is shown: a picture of ours, `image/png` or `image/jpeg`."""

    width: int
    height: int
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What can be shown of a file with so many pages; `refusal` is a word that says why nothing can, else empty."""

    pages: int
    refusal: str
    shown: tuple[PageSize, ...]
    made_at: datetime


class Previews:
    """Keeps and finds previews. Who may see which is decided by the page that asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_preview(self, digest: str) -> Preview | None:
        """Give what was made of a file, None when nothing was tried yet."""

        def work(connection: Connection) -> Preview | None:
            row = connection.execute(_PREVIEW, {"digest": digest}).mappings().first()
            if row is None:
                return None
            sizes = connection.execute(_SIZES, {"digest": digest}).mappings()
            return Preview(
                pages=row["pages"],
                refusal=row["refusal"],
                shown=tuple(
                    PageSize(number=s["page"], width=s["width"], height=s["height"]) for s in sizes
                ),
                made_at=from_text(row["made_at"]),
            )

        return self._database.read(work)

    def find_page(self, digest: str, number: int) -> PagePicture | None:
        """Give the picture of a page, numbered from 1."""

        def work(connection: Connection) -> PagePicture | None:
            this = {"digest": digest, "page": number}
            row = connection.execute(_PAGE, this).mappings().first()
            return None if row is None else PagePicture(**row)

        return self._database.read(work)

    def keep_preview(
        self, digest: str, *, pages: int, refusal: str, shown: tuple[PagePicture, ...]
    ) -> None:
        """Keep what was made of a stored file, in place of what was kept before."""
        now = as_text(self._database.clock.now())
        head = {"digest": digest, "pages": pages, "refusal": refusal, "made_at": now}
        rows = [
            {
                "digest": digest,
                "page": number,
                "width": page.width,
                "height": page.height,
                "content_type": page.content_type,
                "content": page.content,
            }
            for number, page in enumerate(shown, 1)
        ]

        def work(connection: Connection) -> None:
            connection.execute(_DROP_PAGES, {"digest": digest})
            connection.execute(_DROP, {"digest": digest})
            connection.execute(insert(previews), [head])
            if rows:
                connection.execute(insert(preview_pages), rows)

        # on PostgreSQL another process may keep the same preview at this very moment: one of them is as good
        with suppress(IntegrityError):
            self._database.write(work)
