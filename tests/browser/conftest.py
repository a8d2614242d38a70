"""A real server with the demonstration office, and real browsers at several desks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from desk import Desk
from playwright.sync_api import sync_playwright
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Cookie, Page

REFUSED = ("409 (CONFLICT)", "422 (UNPROCESSABLE ENTITY)")
"""How chromium's note of a form that was refused ends; that is no error of the page."""
SHOTS = os.environ.get("ALUR_SCREENSHOTS", "")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server of its own, on an empty SQLite database filled with the demonstration."""
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server.address
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Debian's chromium; nothing is ever downloaded."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    # Chromium's own sandbox doesn't start as root, which is what CI is.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=as_root)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[tuple[str, str], list[Cookie]]:
    """Give the sessions that earlier tests began, by server and login: a password costs a third of a second."""
    return {}


@pytest.fixture
def open_desk(
    server: str, browser: Browser, signed_in: dict[tuple[str, str], list[Cookie]]
) -> Iterator[Callable[..., Desk]]:
    """Give a way to sit down at a desk of one's own: a browser that knows nothing, signed in with a login.

    Two desks of one login in a test have sessions of their own; a session that has ended is begun anew.
    In the end no desk may have met an error of the page: a script that failed, something that the policy forbids.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    logins: set[str] = set()

    def sit_down(login: str, *, javascript: bool = True) -> Desk:
        kept = [] if login in logins else signed_in.get((server, login), [])
        logins.add(login)
        context = browser.new_context(
            base_url=server,
            storage_state={"cookies": kept},
            java_script_enabled=javascript,
            viewport={"width": 1280, "height": 900},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(error.message))
        page.on(
            "console", lambda said: complaints.extend([said.text] if said.type == "error" else ())
        )
        desk = Desk(page, Path(SHOTS) if SHOTS else None)
        if not (kept and _is_known(page)):
            desk.sign_in(login)
            signed_in[server, login] = context.cookies()
        return desk

    yield sit_down
    for context in contexts:
        context.close()
    assert [c for c in complaints if not c.endswith(REFUSED)] == []


def _is_known(page: Page) -> bool:
    """Go to one's own tasks and tell whether the session that the browser was given still holds."""
    page.goto("/tugas")
    return urlsplit(page.url).path == "/tugas"
