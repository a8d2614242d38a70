"""A JSON service on this machine for tests: answers as it is told, and remembers what it was asked."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request that came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(kw_only=True)
class JsonHost:
    """What the service answers; `answer` may write what it likes to the line and is then all that happens."""

    status: int = 200
    kind: str = "application/json"
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    came: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    """Set when the test is over, so that an answer that waits for it ends too."""

    def at(self, path: str = "/", scheme: str = "http") -> str:
        """Give the address of a path."""
        return f"{scheme}://{HOST}:{self.port}{path}"

    def handle(self, line: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        length = int(line.headers.get("Content-Length") or 0)
        self.asked.append(
            Asked(
                method=line.command,
                target=line.path,
                headers={name.lower(): value for name, value in line.headers.items()},
                body=line.rfile.read(length),
            )
        )
        self.came.set()
        if self.answer is not None:
            self.answer(line)
            return
        line.send_response(self.status)
        line.send_header("Content-Type", self.kind)
        line.send_header("Content-Length", str(len(self.body)))
        for name, value in self.headers.items():
            line.send_header(name, value)
        line.end_headers()
        line.wfile.write(self.body)


@contextmanager
def serving(
    service: JsonHost | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[JsonHost]:
    """Run a service; gives it with its port."""
    shown = service or JsonHost()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.handle(self)

        def do_POST(self) -> None:
            shown.handle(self)

        def log_message(self, *_told: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_told: object) -> None:
            """Say nothing: callers that hang up are part of the tests."""

    server = Server((HOST, 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    shown.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield shown
    finally:
        shown.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
