"""A real server with the demonstration office, and real browsers at several desks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk import Desk
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 60
REFUSED = ("409 (CONFLICT)", "422 (UNPROCESSABLE ENTITY)")
"""How chromium's note of a form that was refused ends; that is no error of the page."""
SHOTS = os.environ.get("ALUR_SCREENSHOTS", "")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server of its own, on an empty SQLite database filled with the demonstration."""
    folder = tmp_path_factory.mktemp("server")
    port = _free_port()
    settings = {
        "ALUR_DATABASE_URL": f"sqlite:///{folder}/alur.sqlite",
        "ALUR_PORT": str(port),
        "ALUR_DEMONSTRATION": "1",
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ALUR_")}
    command = [sys.executable, "-c", "from web.cli import main; main()", "run"]
    log = folder / "server.log"
    with (
        log.open("wb") as output,
        _running(command, inherited | settings, output.fileno()) as process,
    ):
        _wait_until_ready(process, port, log)
        yield f"http://127.0.0.1:{port}"


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


@pytest.fixture
def open_desk(server: str, browser: Browser) -> Iterator[Callable[..., Desk]]:
    """Give a way to sit down at a desk of one's own: a browser that knows nobody, signed in with a login.

    In the end no desk may have met an error of the page: a script that failed, something that the policy forbids.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def sit_down(login: str, *, javascript: bool = True, width: int = 1280) -> Desk:
        context = browser.new_context(
            base_url=server,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(error.message))
        page.on("console", lambda said: complaints.extend([said.text] if said.type == "error" else ()))
        desk = Desk(page, Path(SHOTS) if SHOTS else None)
        desk.sign_in(login)
        return desk

    yield sit_down
    for context in contexts:
        context.close()
    assert [c for c in complaints if not c.endswith(REFUSED)] == []


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], output: int
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return as soon as the server takes connections."""
    for _ in range(SECONDS_TO_START * 10):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
            break
    raise RuntimeError(f"Expected the server to start, but it said: {log.read_text()}")
