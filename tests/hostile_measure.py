"""Gives each hostile file to the gate in a process of its own, and tells what came of it; `PYTHONPATH=.:tests python tests/hostile_measure.py`.

Each line of standard output is JSON: name, codes, seconds of the processor, mebibytes of memory in all, and whether the same
process deployed a good file afterwards. A process that died has the code `died`.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from resource import RLIMIT_AS, RLIMIT_CPU, RUSAGE_SELF, getrusage, setrlimit
from time import process_time
from typing import TYPE_CHECKING, TypeAlias

from engine_office import Dinas
from hostile_files import FILES
from structure_maps import PLAIN

from engine.gate import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parents[1]
Package: TypeAlias = "Mapping[str, bytes]"

SECONDS, BYTES = 10, 1_000_000_000
"""What a process is stopped at; what it may take is asserted by the test."""


def files() -> Iterator[tuple[str, Callable[[], Package]]]:
    """Give each file's name and how it is made: those of the kit, and the packages of the gate's own test."""
    for name, make in FILES.items():
        yield name, lambda make=make: make()[1]  # type: ignore[misc]
    spec = spec_from_file_location("gate", ROOT / "tests" / "engine" / "test_gate_hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["gate"] = module
    spec.loader.exec_module(module)
    for name, case in module.CASES.items():
        yield f"{name} ", lambda case=case: case.package  # type: ignore[misc]


def codes_of(package: Package) -> list[str]:
    """Give what the gate finds in a package; nothing when it is deployed."""
    try:
        Dinas().deploy(package)
    except Refused as refused:
        return sorted({finding.code for finding in refused.findings})
    return []


def measure(name: str, package: Package) -> None:
    """Tell about one file."""
    setrlimit(RLIMIT_CPU, (SECONDS, SECONDS))
    setrlimit(RLIMIT_AS, (BYTES, BYTES))
    before = process_time()
    codes = codes_of(package)
    told = {
        "name": name,
        "codes": codes,
        "seconds": round(process_time() - before, 3),
        "mebibytes": getrusage(RUSAGE_SELF).ru_maxrss // 1024,
        "alive": codes_of({"p.bpmn": PLAIN}) == [],
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Tell about all files, one after the other."""
    for name, make in files():
        package = make()
        child = os.fork()
        if child == 0:
            measure(name, package)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            sys.stdout.write(json.dumps({"name": name, "codes": ["died"]}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
