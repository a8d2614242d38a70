"""Hostile and broken files: each gets its verdict within 2 seconds and 256 MiB, and the process that gave it goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hostile_files import FILES
from structure_maps import PLAIN

ROOT = Path(__file__).parents[2]
SECONDS, MEBIBYTES = 2, 256
ALUR = "import sys; from web.cli import main; sys.exit(main())"
SAMPLE = ("an empty DOCTYPE", "50,000 attributes", "a NUL", "two to the power of thirty tokens")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


@cache
def measured() -> dict[str, dict[str, Any]]:
    """Give what came of each file, by its name."""
    program = [sys.executable, str(ROOT / "tests" / "hostile_measure.py")]
    path = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    said = subprocess.run(program, capture_output=True, check=True, cwd=ROOT, text=True, env=path)
    return {told["name"]: told for told in map(json.loads, said.stdout.splitlines())}


def test_each_of_a_hundred_and_more_files_gets_its_verdict_in_time_and_memory() -> None:
    told = measured()
    assert len(FILES) >= 60
    assert len(told) > len(FILES) + 60
    assert [t for t in told.values() if "died" in t["codes"]] == []
    assert [t for t in told.values() if t["seconds"] > SECONDS] == []
    assert [t for t in told.values() if t["mebibytes"] > MEBIBYTES] == []


def test_the_process_that_gave_the_verdict_deploys_a_good_file_next() -> None:
    assert [name for name, t in measured().items() if not t["alive"]] == []


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_comes_to_its_finding_or_is_harmless(name: str) -> None:
    code, codes = FILES[name]()[0], measured()[name]["codes"]
    assert code in codes if code else codes == []


def test_the_command_line_answers_a_hostile_file_without_a_fault_of_its_own(tmp_path: Path) -> None:
    for number, name in enumerate(SAMPLE):
        place = tmp_path / str(number)
        place.mkdir()
        for file, content in FILES[name]()[1].items():
            (place / file).write_bytes(content)
    (tmp_path / "baik.bpmn").write_bytes(PLAIN)
    command = [sys.executable, "-c", ALUR, "validate", "--json"]
    wrong = subprocess.run(
        [*command, *(str(path) for path in sorted(tmp_path.glob("*/*.bpmn")))],
        capture_output=True,
        check=False,
        cwd=ROOT,
        text=True,
    )
    right = subprocess.run(
        [*command, str(tmp_path / "baik.bpmn")], capture_output=True, check=False, cwd=ROOT
    )
    assert (wrong.returncode in {1, 2}, right.returncode) == (True, 0)
    assert "Traceback" not in wrong.stderr
    assert all(json.loads(wrong.stdout))
