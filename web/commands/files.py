"""Files that are named on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def read_package(names: Sequence[str]) -> Mapping[str, bytes]:
    """Give the content of the files by their name as it was given. Raises NotFound for one that can't be read."""
    return {name: _read(name) for name in names}


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise NotFound(
            f"Expected a readable file {name}, but: {error}",
            code="file_unreadable",
            file=name,
            reason=error.strerror or "",
        ) from error
