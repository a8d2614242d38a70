"""The process that looks into a file that somebody uploaded: PDF pages and pictures become small pictures of our own.

Runs alone, by its path: `python -I web/preview_child.py < file`. A hostile file may take this process down, but not the
server: it has little memory and time, writes no file and starts no process. What it writes to its standard output is a line
of JSON, `{"pages": 12}` or `{"refusal": "locked"}` and nothing else; then for each page that is shown a line
`{"width": 1000, "height": 1414, "type": "image/png", "size": 81234}` and so many bytes (a refusal behind some pages says
that the next one failed). `web.preview` starts this process, and believes nothing that it says without looking.
"""

from __future__ import annotations

import io
import json
import os
import sys
import warnings
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES = 5
"""Pages that are shown of a file."""

WIDEST, HIGHEST = 1000, 1600
"""Pixels of a page."""

MOST_PIXELS = 120_000_000
"""Pixels of an uploaded picture."""

MEMORY = 1_000_000_000
"""Bytes of this process."""

SECONDS = 10
"""Seconds of work on a processor."""

NICE = 10
"""How far this process stands behind the server when both want the processor."""

PICTURES = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
COLOURS = 64
JPEG_QUALITY = 80
_PDF_BEGINS_WITHIN = 1024


class Refused(Exception):
    """The file can't be shown; the reason is a word of `web.preview`."""


def main() -> None:
    """Read a file from standard input and write its pages to standard output."""
    limit()
    content = sys.stdin.buffer.read()
    try:
        show(content)
    except Refused as refusal:
        _write({"refusal": str(refusal)})
    except MemoryError:
        _write({"refusal": "heavy"})
    except Exception:  # noqa: BLE001 - whatever is wrong with the file, it can't be shown
        _write({"refusal": "broken"})


def limit() -> None:
    """Take from this process what it does not need; Windows has no such limits, only the time of `web.preview`."""
    if sys.platform != "win32":
        os.nice(NICE)
        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NPROC, 0),
        ):
            resource.setrlimit(what, (most, most))


def show(content: bytes) -> None:
    """Write the pages of a file. Raises Refused."""
    count, pages = _pdf(content) if b"%PDF-" in content[:_PDF_BEGINS_WITHIN] else _picture(content)
    _write({"pages": count})
    for page in pages:
        _write_page(page)


def _pdf(content: bytes) -> tuple[int, Iterator[Image.Image]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("locked" if locked else "broken") from error
    if len(document) == 0:
        raise Refused("broken")
    document.init_forms()
    return len(document), (_pdf_page(document[n]) for n in range(min(len(document), MOST_PAGES)))


def _pdf_page(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1))
    picture: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
    page.close()
    return picture.convert("RGB")


def _picture(content: bytes) -> tuple[int, Iterator[Image.Image]]:
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        picture = Image.open(io.BytesIO(content), formats=PICTURES)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("heavy") from error
    except UnidentifiedImageError as error:
        raise Refused("type") from error
    if picture.format == "TIFF":  # a scan may have several pages
        frames = ImageSequence.Iterator(picture)
        count = getattr(picture, "n_frames", 1)
        return count, (_small(frames[n].copy()) for n in range(min(count, MOST_PAGES)))
    picture.draft("RGB", (WIDEST, HIGHEST))
    return 1, iter((_small(picture),))


def _small(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((WIDEST, HIGHEST))
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright.convert("RGBA"))
        upright = paper
    return upright.convert("RGB")


def _write_page(picture: Image.Image) -> None:
    """Write a page as PNG of few colours, which is sharp, or as JPEG where that is smaller (scans, photographs)."""
    made = {"image/png": io.BytesIO(), "image/jpeg": io.BytesIO()}
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(made["image/png"], "PNG", optimize=True)
    picture.save(made["image/jpeg"], "JPEG", quality=JPEG_QUALITY, optimize=True)
    kind = min(made, key=lambda name: len(made[name].getvalue()))
    content = made[kind].getvalue()
    size = {"width": picture.width, "height": picture.height}
    _write({**size, "type": kind, "size": len(content)}, content)


def _write(line: dict[str, object], content: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
