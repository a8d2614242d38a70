"""Previews of files: pictures of the first pages of a PDF, or of a picture, made by us in a process of its own.

What a person uploaded is never shown in a page's place (it is only given to be saved). It is looked at by
`web/preview_child.py`, a process with little memory and time that a hostile file may take down; what is shown are the
pictures that this process made, kept by the file's digest so that each file is looked at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from storage.previews import PagePicture, Preview
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 15.0
"""How long a file is looked at."""

MOST_BYTES = 16 * 1024 * 1024
"""Bytes of all pictures of one file together."""

MOST_PAGES, MOST_PIXELS = 5, 2_000
"""What the process may say at most: pages shown, pixels of a side."""

AT_ONCE = 2
"""Files that are looked at at the same time; with each comes one more process."""

PATIENCE = 5.0
"""Seconds that a page waits for its turn."""

TRIED_AGAIN = timedelta(hours=6)
"""A file that took too long is looked at again after so long: the machine may have been busy."""

REFUSALS = frozenset({"locked", "broken", "heavy", "type"})
"""Why a file can't be shown: a password, damage, too much work, no type that we show."""

_CHILD = Path(__file__).with_name("preview_child.py")
_BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found in a file: how many pages it has, those that are shown, and why nothing is (a word of REFUSALS)."""

    pages: int = 0
    shown: tuple[PagePicture, ...] = ()
    refusal: str = ""


def find_preview(digest: str) -> Preview | None:
    """Give the preview of a stored file, made now if it was not before; None while too many others are being made."""
    kept = parts().previews.find_preview(digest)
    if kept is not None and not _is_stale(kept):
        return kept
    if not _turns.acquire(timeout=PATIENCE):
        return None
    try:
        return _make(digest)
    finally:
        _turns.release()


def look(content: bytes, *, seconds: float = SECONDS) -> Looked:
    """Look at a file in a process of its own; whatever the file does to that process, this returns."""
    with subprocess.Popen(  # noqa: S603 - our own program, by its path
        [sys.executable, "-I", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        try:
            said = _ask(child, content)
        finally:
            timer.cancel()
            child.kill()
    return _understood(said)


def _is_stale(kept: Preview) -> bool:
    return kept.refusal == "heavy" and parts().clock.now() - kept.made_at > TRIED_AGAIN


def _make(digest: str) -> Preview | None:
    here = parts()
    file = here.files.find_content(digest)
    if file is None:
        return None
    found = look(file.content)
    here.previews.keep_preview(digest, pages=found.pages, refusal=found.refusal, shown=found.shown)
    return here.previews.find_preview(digest)


def _ask(child: subprocess.Popen[bytes], content: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise TypeError("Expected pipes to the process, but there are none")
    with suppress(OSError):  # it may be gone already
        child.stdin.write(content)
        child.stdin.close()
    return child.stdout.read(MOST_BYTES)


def _understood(said: bytes) -> Looked:
    """Read what the process said, as far as it makes sense."""
    head, rest = _line(said)
    count = _whole(head.get("pages"), 1_000_000)
    shown: list[PagePicture] = []
    while count and len(shown) < min(count, MOST_PAGES):
        line, rest = _line(rest)
        page, rest = _page(line, rest)
        if page is None:
            break
        shown.append(page)
    if shown:
        return Looked(pages=count, shown=tuple(shown))
    refusal = str(head.get("refusal", "heavy"))
    return Looked(refusal=refusal if refusal in REFUSALS else "broken")


def _line(said: bytes) -> tuple[Mapping[str, object], bytes]:
    line, _, rest = said.partition(b"\n")
    try:
        read = json.loads(line)
    except ValueError:
        return {}, b""
    return (read, rest) if isinstance(read, dict) else ({}, b"")


def _page(line: Mapping[str, object], rest: bytes) -> tuple[PagePicture | None, bytes]:
    width, height = (_whole(line.get(side), MOST_PIXELS) for side in ("width", "height"))
    size, kind = _whole(line.get("size"), MOST_BYTES), str(line.get("type"))
    content = rest[:size]
    fits = kind in _BEGINNINGS and content.startswith(_BEGINNINGS[kind]) and len(content) == size
    if not (width and height and fits):
        return None, b""
    page = PagePicture(width=width, height=height, content_type=kind, content=content)
    return page, rest[size:]


def _whole(value: object, most: int) -> int:
    fits = isinstance(value, int) and 0 < value <= most
    return int(str(value)) if fits else 0
