"""A real server of this very process, with the options of `alur run`, at a port of its own."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from web_kit import close

from web.config import Settings
from web.server import open_server, options_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@contextmanager
def serving(app: Flask) -> Iterator[int]:
    """Serve an application and give the port."""
    door = socket.create_server(("127.0.0.1", 0))
    options = {**options_for(Settings()), "sockets": [door]}
    for name in ("host", "port"):
        del options[name]
    server = open_server(app, options)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield door.getsockname()[1]
    server.close()
    thread.join(timeout=0.5)  # a browser's connection keeps it going; then it ends with the process
    server.task_dispatcher.shutdown()
    close(app)
