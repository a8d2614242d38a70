"""The command line `alur`: one subcommand a module of `web/commands`. Exit codes: 0 done, 1 refused, 2 called wrongly."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Protocol

from engine.errors import AlurError
from web.commands import bench, deploy, feel, run, user, validate, worker
from web.words import explain

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping, Sequence


class Command(Protocol):
    """A subcommand: `SUMMARY` says what it does."""

    SUMMARY: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the parser what the subcommand takes."""
        ...

    def execute(self, arguments: Namespace) -> int:
        """Do it and give the exit code. Raises AlurError when it was refused."""
        ...


COMMANDS: Mapping[str, Command] = {
    "run": run,
    "worker": worker,
    "validate": validate,
    "deploy": deploy,
    "feel": feel,
    "user": user,
    "bench": bench,
}
"""Every subcommand; one line a module."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line and give its exit code."""
    parser = argparse.ArgumentParser(prog="alur", description="Menjalankan peta proses kantor.")
    subcommands = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    for name, command in COMMANDS.items():
        added = subcommands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        command.add_arguments(added)
    parsed = parser.parse_args(arguments)
    try:
        return COMMANDS[parsed.command].execute(parsed)
    except AlurError as error:
        print(explain(error), file=sys.stderr)  # noqa: T201 - the command line speaks to its user
        return 1
