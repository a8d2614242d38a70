"""Files that are named on the command line, by themselves or by their folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KINDS = (".bpmn", ".dmn", ".form")
"""Endings of the files that are taken of a folder."""


def read_package(names: Sequence[str]) -> Mapping[str, bytes]:
    """Give the content of the files by their name as it was given; of a folder, of those in it that Alur knows.

    Raises NotFound for one that can't be read.
    """
    return {each: _read(each) for name in names for each in _files(name)}


def _files(name: str) -> Iterator[str]:
    if not Path(name).is_dir():
        yield name
        return
    for found in sorted(Path(name).iterdir()):
        if found.is_file() and found.name.lower().endswith(KINDS):
            yield str(found)


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
