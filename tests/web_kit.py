"""An office behind a test client: the demonstration's people and maps on a SQLite file, worked at by HTTP."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

from web.config import Settings
from web.demonstration import PASSWORD
from web.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

MORNING = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

DRAFT = b"%PDF-1.7 a draft"

FIRST_REQUEST = {
    "perihal": "Undangan sosialisasi izin usaha mikro",
    "tujuan_surat": "Camat se-Kota Pasuruan",
    "dasar": "",
    "pokok_isi": "Mengundang pelaku usaha mikro.",
    "unit_pembuat": "bidang_usaha_mikro",
    "sifat": "",
    "tenggat": "2026-11-25",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An answer as a person sees it."""

    answer: TestResponse

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.answer.status_code

    @property
    def page(self) -> BeautifulSoup:
        """The page."""
        return BeautifulSoup(self.answer.text, "html.parser")

    @property
    def text(self) -> str:
        """The words of the page, white space squeezed."""
        return " ".join(self.page.get_text(" ").split())

    @property
    def heading(self) -> str:
        """The page's one heading."""
        (heading,) = self.page.select("h1")
        return " ".join(heading.get_text().split())

    @property
    def path(self) -> str:
        """Where the page is, after redirects."""
        return self.answer.request.path

    def form(self, ending: str) -> dict[str, str]:
        """Give the hidden fields of the form whose action ends so."""
        form = self.page.select_one(f'form[action$="{ending}"]')
        assert form is not None, f"no form to {ending} on {self.heading}"
        return {
            str(field["name"]): str(field.get("value", ""))
            for field in form.select("input[type=hidden]")
        }

    def link(self, name: str) -> str:
        """Give the address of the link that begins with these words."""
        for link in self.page.select("main a"):
            if link.get_text(" ", strip=True).startswith(name):
                return str(link["href"])
        raise AssertionError(f"no link {name!r} on {self.heading}: {self.text}")


class Caller:
    """One person's browser."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def sign_in(self, login: str, password: str = PASSWORD) -> Seen:
        """Sign in and go where the sign-in leads."""
        fields = self.get("/masuk").form("/masuk")
        return self.post("/masuk", {**fields, "login": login, "sandi": password})

    def get(self, path: str) -> Seen:
        """Open an address."""
        return Seen(answer=self.client.get(path, follow_redirects=True))

    def post(self, path: str, fields: Mapping[str, object]) -> Seen:
        """Send a form, with its files, and follow where it leads."""
        sent = self.client.post(
            path, data=dict(fields), content_type="multipart/form-data", follow_redirects=True
        )
        for answer in (*sent.history, sent):  # werkzeug's client leaves large bodies in open files
            answer.request.environ["wsgi.input"].close()
        return Seen(answer=sent)

    def start(self, process: str) -> Seen:
        """Start a process by its name and give its first page."""
        page = self.get("/proses")
        for form in page.page.select("main form"):
            name = form.find_next("button")
            if isinstance(name, Tag) and name.get_text().strip().endswith(f" {process}"):
                action = str(form["action"])
                return self.post(action, page.form(action))
        raise AssertionError(f"no process {process!r}: {page.text}")

    def take_first(self) -> Seen:
        """Open the first task that can be taken."""
        title = self.get("/tugas?meja=bebas").page.select_one("a.title")
        assert title is not None, "nothing can be taken"
        return self.get(str(title["href"]))

    def take(self, task: str) -> Seen:
        """Open the first task of this name that can be taken or lies on the desk."""
        for desk in ("bebas", "saya"):
            page = self.get(f"/tugas?meja={desk}").page
            for row in page.select("tr, li"):
                title = row.select_one("a.title")
                if title is not None and task in row.get_text(" "):
                    return self.get(str(title["href"]))
        raise AssertionError(f"no task {task!r}")

    def send(self, page: Seen, fields: Mapping[str, object]) -> Seen:
        """Fill in the form of a task page and send it."""
        return self.post(page.path, {**page.form(page.path), **fields})


def pdf(name: str = "draf.pdf", content: bytes = DRAFT) -> tuple[io.BytesIO, str, str]:
    """Give a file to upload."""
    return io.BytesIO(content), name, "application/pdf"


def settings_for(file: Path, **others: object) -> Settings:
    """Give the settings of a demonstration on this file."""
    return Settings(database_url=f"sqlite:///{file}", demonstration=True, **others)


def parts_of(app: Flask) -> Parts:
    """Give the parts of an application."""
    parts = app.extensions["alur"]
    assert isinstance(parts, Parts)
    return parts


def close(app: Flask) -> None:
    """Let go of the application's database."""
    parts_of(app).database.close()
