"""The guards of tests/conftest.py close what they say."""

from __future__ import annotations

import socket

import pytest


def test_a_test_can_not_reach_another_machine() -> None:
    with socket.socket() as door, pytest.raises(RuntimeError, match="stay on this machine"):
        door.connect(("192.0.2.1", 9))


def test_a_test_can_reach_this_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as door,
    ):
        assert door.getpeername() == server.getsockname()
