"""A real server as a process of its own, that tests start, ask and kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 60


class Server:
    """The demonstration office on a SQLite file in a folder, at a port of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self._settings = settings
        self.port = _free_port()
        self.database_url = f"sqlite:///{folder}/alur.sqlite3"
        self._process: subprocess.Popen[bytes] | None = None
        self._up = threading.Event()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and return when it takes connections."""
        settings = {
            "ALUR_DATABASE_URL": self.database_url,
            "ALUR_PORT": str(self.port),
            "ALUR_DEMONSTRATION": "1",
            **self._settings,
        }
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("ALUR_")}
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from web.cli import main; main()", "run"],
                cwd=ROOT,
                env=inherited | settings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready(self._process)
        self._up.set()

    def wait_until_back(self) -> None:
        """Wait while the server is down."""
        assert self._up.wait(timeout=SECONDS_TO_START), "the server did not come back"

    def kill(self) -> None:
        """Kill it as `kill -9` does: it can't finish anything."""
        if self._process is not None:
            self._up.clear()
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(timeout=20)

    def stop(self) -> None:
        """Ask it to stop."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=20)

    def end(self, number: signal.Signals) -> int:
        """Send it a signal and give the exit code that it ends with."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(timeout=20)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(SECONDS_TO_START * 10):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
                break
        log = (self.folder / "server.log").read_text()
        raise RuntimeError(f"Expected the server to start, but it said: {log}")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
