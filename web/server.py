"""How the pages are served: waitress with limits, so that no caller can keep the others waiting.

Waitress reads requests without giving a thread to them, so a slow caller costs a connection and nothing else. It refuses a
request with two lengths or a broken line, and we refuse a length beside chunks: what two readers may read in two ways is how
requests are smuggled past a proxy (RFC 9112, 6.3 and 11.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

from typing_extensions import override
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, create_server

if TYPE_CHECKING:
    from socket import socket

    from flask import Flask
    from waitress.server import MultiSocketServer

    from web.config import Settings

MOST_HEADER_BYTES = 32 * 1024
"""Bytes of the head of one request."""

MOST_BODY_BYTES = 64 * 1024 * 1024
"""Bytes of one request that are read at all; pages refuse less, with a sentence (`web.application.MOST_BYTES`)."""

MOST_CONNECTIONS = 900
"""Connections at the same time: the usual 1,024 open files of a process, less what the database and the log need."""

SECONDS_OF_SILENCE = 60
"""A connection on which nothing comes for so long is closed."""


class Options(TypedDict):
    """What `waitress.serve` is told beside the application."""

    host: str
    port: int
    threads: int
    ident: None
    max_request_header_size: int
    max_request_body_size: int
    connection_limit: int
    asyncore_use_poll: bool
    channel_timeout: int
    cleanup_interval: int
    clear_untrusted_proxy_headers: bool


def options_for(settings: Settings) -> Options:
    """Give the options of waitress for these settings.

    What a caller says of its own address is thrown away, unless proxies of ours say it.
    """
    return Options(
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        ident=None,
        max_request_header_size=MOST_HEADER_BYTES,
        max_request_body_size=MOST_BODY_BYTES,
        connection_limit=MOST_CONNECTIONS,
        asyncore_use_poll=True,  # select() can't watch so many
        channel_timeout=SECONDS_OF_SILENCE,
        cleanup_interval=SECONDS_OF_SILENCE // 2,
        clear_untrusted_proxy_headers=not settings.proxies,
    )


class StrictParser(HTTPRequestParser):
    """Reads a request with one length only."""

    @override
    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request. Raises ParsingError, which is answered with 400."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Expected a length or chunks, but found both")


class _StrictChannel(HTTPChannel):
    parser_class = StrictParser


def open_server(app: Flask, options: Options) -> BaseWSGIServer | MultiSocketServer:
    """Give a server that listens; `run` serves until the program is stopped."""
    doors: dict[int, socket] = {}
    server = create_server(app, map=doors, **options)
    for door in cast(
        "dict[int, object]", doors
    ).values():  # one for each address of the host's name
        if isinstance(door, BaseWSGIServer):
            door.channel_class = _StrictChannel
    return server


def serve(app: Flask, settings: Settings) -> None:
    """Serve the pages until the program is stopped."""
    server = open_server(app, options_for(settings))
    server.print_listen("Serving on http://{}:{}")
    server.run()
