"""`alur bench`: the measurements of docs/bench.md, one a module of the package `bench`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from bench import counters, engine, inbox
from web.commands.speaking import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

    from bench.report import Figure

SUMMARY = "Ukur kecepatan mesin, sebagai perbandingan dalam satu kali jalan."

MEASUREMENTS: Mapping[str, Callable[[Callable[[int, int], None]], list[Figure]]] = {
    "engine": lambda told: engine.run(told=told),
    "counters": lambda told: counters.run(told=told),
    "inbox": lambda told: inbox.run(told=told),
}
"""Every measurement; one line a module."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the name of the measurement."""
    parser.add_argument(
        "name", metavar="UKURAN", choices=sorted(MEASUREMENTS), help="engine, counters, atau inbox"
    )
    parser.add_argument("--json", action="store_true", help="cetak sebagai JSON")


def execute(arguments: Namespace) -> int:
    """Measure and print; 1 when a figure misses what it must reach."""
    figures = MEASUREMENTS[arguments.name](_progress)
    if arguments.json:
        say(json.dumps([figure.as_json() for figure in figures], indent=2))
    else:
        for figure in figures:
            say(figure.line())
    return int(any(figure.verdict == "missed" for figure in figures))


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == of else ""
        sys.stderr.write(f"\r{done}/{of}{end}")
        sys.stderr.flush()
