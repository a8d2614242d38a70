"""The registers that an office is set up with, from its file `letters.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import yaml

from engine.ids import LaneId, RegisterId
from engine.letters.rule import Direction, LetterRule, Reset, Scope, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from engine.actor import Agency


def read_registers(text: str, agency: Agency, now: datetime) -> Iterator[LetterRule]:
    """Give the rule of each register of the file, from the first day of the office's year on."""
    today = now.astimezone(ZoneInfo(agency.zone)).date()
    content: dict[str, list[Mapping[str, object]]] = yaml.safe_load(text)
    for given in content["registers"]:
        codes, lanes = given["codes"], given["lanes"]
        yield LetterRule(
            agency=agency.id,
            register=RegisterId(str(given["register"])),
            version=1,
            name=str(given["name"]),
            direction=Direction(str(given["direction"])),
            source=Source(str(given["source"])),
            scope=Scope(str(given["scope"])),
            reset=Reset(str(given["reset"])),
            start=int(str(given["start"])),
            width=int(str(given["width"])),
            pattern=str(given["pattern"]),
            codes={str(k): str(v) for k, v in codes.items()} if isinstance(codes, dict) else {},
            lanes=frozenset(map(LaneId, lanes)) if isinstance(lanes, list) else frozenset(),
            valid_from=today.replace(month=1, day=1),
        )
