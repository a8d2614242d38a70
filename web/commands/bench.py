"""`alur bench`: the measurements of docs/bench.md, one a module of the package `bench`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bench import commit, counters, engine, expressions, http, inbox, store
from web.commands.speaking import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

    from bench.report import Figure

    Told = Callable[[int, int], None]

SUMMARY = "Ukur kecepatan mesin, sebagai perbandingan dalam satu kali jalan."


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What can be measured: how it is told in the help, and how it is run."""

    summary: str
    run: Callable[[Namespace, Told], list[Figure]]


MEASUREMENTS: Mapping[str, Measurement] = {
    "engine": Measurement(
        summary="waktu CPU satu penyelesaian tugas, dibanding SpiffWorkflow biasa (T1, T2, T5, T10)",
        run=lambda _, told: engine.run(told=told),
    ),
    "http": Measurement(
        summary="penyelesaian tugas lewat HTTP, dibanding halaman Flask yang kosong (T3)",
        run=lambda _, told: http.run(told=told),
    ),
    "commit": Measurement(
        summary="1, 4, 16, dan 64 klien pada disk yang lambat (T4)",
        run=lambda given, told: commit.run(timedelta(milliseconds=given.fsync_ms), told=told),
    ),
    "counters": Measurement(
        summary="pernyataan SQL dan byte log satu penyelesaian tugas, dihitung persis (T6)",
        run=lambda _, told: counters.run(told=told),
    ),
    "inbox": Measurement(
        summary="halaman Tugas saya pada sejuta tugas terbuka (T7); beberapa menit dan 3 GB disk",
        run=lambda _, told: inbox.run(told=told),
    ),
    "expressions": Measurement(
        summary="ekspresi dan tabel keputusan, dibanding Python yang sudah dikompilasi",
        run=lambda _, told: expressions.run(told=told),
    ),
    "store": Measurement(
        summary="ukuran perkara selesai, dan mulai ulang dengan 100.000 perkara berjalan (T8, T9)",
        run=lambda _, told: store.run(told=told),
    ),
}
"""Every measurement; one line a module."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the name of the measurement and what it can be told."""
    names = parser.add_subparsers(dest="name", metavar="UKURAN", required=True)
    for name, measurement in MEASUREMENTS.items():
        measured = names.add_parser(name, help=measurement.summary, description=measurement.summary)
        measured.add_argument("--json", action="store_true", help="cetak sebagai JSON")
        if name == "commit":
            measured.add_argument(
                "--fsync-ms",
                type=float,
                default=commit.FSYNC.total_seconds() * 1000,
                metavar="MILIDETIK",
                help="lamanya satu commit diperlambat (bawaan: %(default)g)",
            )


def execute(arguments: Namespace) -> int:
    """Measure and print; 1 when a figure misses what it must reach."""
    figures = MEASUREMENTS[arguments.name].run(arguments, _progress)
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
