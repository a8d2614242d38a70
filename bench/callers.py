"""So many callers at once on one thread, with requests made beforehand: a client that leaves the machine to the server.

Each keeps its connection and sends the next request when the answer to its last one is complete, so never more than that
many are under way.
"""

from __future__ import annotations

import selectors
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PART = 65_536
SECONDS_OF_PATIENCE = 60
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


def request(address: tuple[str, int], path: str, cookie: str = "", body: bytes = b"") -> bytes:
    """Give a request as it goes over the wire: a POST of a form when there is a body."""
    host, port = address
    headers: Mapping[str, object] = {
        "Host": f"{host}:{port}",
        **({"Cookie": cookie} if cookie else {}),
        **({"Content-Type": "application/x-www-form-urlencoded"} if body else {}),
        **({"Content-Length": len(body)} if body else {}),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def send_all(address: tuple[str, int], requests: Sequence[bytes], callers: int) -> dict[int, int]:
    """Send every request and give how many answers there were of each status.

    Raises TimeoutError when nothing comes for a minute, ConnectionError when the server hangs up in the middle.
    """
    found: dict[int, int] = {}
    left = iter(requests)
    with selectors.DefaultSelector() as selector:
        for _ in range(callers):
            _Caller(socket.create_connection(address), selector).send_next(left)
        while selector.get_map():
            ready = selector.select(SECONDS_OF_PATIENCE)
            if not ready:
                raise TimeoutError("Expected an answer within a minute, but none came")
            for key, _ in ready:
                caller: _Caller = key.data
                status = caller.receive()
                if status is not None:
                    found[status] = found.get(status, 0) + 1
                    caller.send_next(left)
    return found


@dataclass(slots=True)
class _Caller:
    line: socket.socket
    selector: selectors.BaseSelector
    got: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.selector.register(self.line, selectors.EVENT_READ, self)

    def send_next(self, left: Iterator[bytes]) -> None:
        """Send the next request, or hang up when there is none."""
        following = next(left, None)
        if following is None:
            self.selector.unregister(self.line)
            self.line.close()
        else:
            self.line.sendall(following)

    def receive(self) -> int | None:
        """Take what came; the status when the answer is complete."""
        part = self.line.recv(PART)
        if not part:
            raise ConnectionError("Expected a whole answer, but the server hung up")
        self.got += part
        head, ended, body = self.got.partition(_END_OF_HEAD)
        if not ended or len(body) < _length(head):
            return None
        self.got.clear()
        return int(head.split(b" ", 2)[1])


def _length(head: bytearray) -> int:
    """Give the length of the body that the head of an answer announces."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(_LENGTH):
            return int(line.removeprefix(_LENGTH))
    raise ValueError("Expected an answer with a length, but it has none")
