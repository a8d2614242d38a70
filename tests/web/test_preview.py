"""Looking at files: pages and pictures are shown small, and a hostile file takes down nothing but its own process."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import pytest
from pictures import pdf_pages
from PIL import Image, ImageDraw

from web import preview

if TYPE_CHECKING:
    from collections.abc import Callable


def picture(kind: str, size: tuple[int, int] = (600, 400), mode: str = "RGB") -> bytes:
    """Give a picture file with something on it."""
    drawn = Image.new(mode, size, "white" if mode == "RGB" else None)
    ImageDraw.Draw(drawn).line([(0, 0), size], fill="red" if mode == "RGB" else 1, width=9)
    kept = io.BytesIO()
    drawn.save(kept, kind)
    return kept.getvalue()


def opened(page: preview.PagePicture) -> Image.Image:
    """Give a page as a browser would open it."""
    return Image.open(io.BytesIO(page.content))


def test_the_first_pages_of_a_pdf_are_shown() -> None:
    found = preview.look(pdf_pages(12))
    assert (found.pages, len(found.shown), found.refusal) == (12, preview.MOST_PAGES, "")
    for page in found.shown:
        assert opened(page).size == (page.width, page.height) == (1000, 1416)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_is_shown_and_never_as_it_was_uploaded(kind: str) -> None:
    content = picture(kind, (3000, 1500))
    (page,) = preview.look(content).shown
    assert (page.width, page.height) == (1000, 500)
    assert page.content != content
    assert opened(page).getexif() == {}


def test_a_picture_taken_on_its_side_is_shown_upright() -> None:
    exif, kept = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.new("RGB", (300, 200), "white").save(kept, "JPEG", exif=exif)
    (page,) = preview.look(kept.getvalue()).shown
    assert (page.width, page.height) == (200, 300)


def test_a_scan_of_several_pages_is_shown_page_by_page() -> None:
    kept = io.BytesIO()
    pages = [Image.new("1", (850, 1100), n % 2) for n in range(7)]
    pages[0].save(kept, "TIFF", save_all=True, append_images=pages[1:])
    found = preview.look(kept.getvalue())
    assert (found.pages, len(found.shown)) == (7, preview.MOST_PAGES)


def huge_png() -> bytes:
    """Give a small file that would be a picture of 10 gigapixels."""
    head = (100_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", b"") + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def endless_pdf() -> bytes:
    """Give a PDF with a page that takes very long to draw."""
    line = "0 0 m 595 842 l S " * 300_000
    return pdf_pages(1, drawing=line)


def huge_pdf() -> bytes:
    """Give a PDF with a page of many kilometres."""
    return pdf_pages(1, size=(10**9, 1))


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: b"", "type"),
        (lambda: b"PK\x03\x04 a document of an office program", "type"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "type"),
        (lambda: b"%PDF-1.7 nothing behind it", "broken"),
        (lambda: b"\x89PNG\r\n\x1a\n", "type"),
        (lambda: picture("JPEG")[:500], "broken"),
        (huge_png, "heavy"),
    ],
    ids=["empty", "document", "svg", "broken pdf", "broken png", "half a picture", "bomb"],
)
def test_what_can_not_be_shown_says_why(make: Callable[[], bytes], refusal: str) -> None:
    found = preview.look(make())
    assert (found.refusal, found.pages, found.shown) == (refusal, 0, ())


@pytest.mark.parametrize("make", [huge_pdf, endless_pdf])
def test_a_hostile_pdf_is_left_in_time(make: Callable[[], bytes]) -> None:
    found = preview.look(make(), seconds=2.0)
    assert found.shown or found.refusal in {"heavy", "broken"}


def test_a_process_that_hangs_is_ended() -> None:
    found = preview.look(pdf_pages(1), seconds=0.0)
    assert found.refusal == "heavy"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\n\n\n",
        b"[1]\n",
        b'{"pages": -1}\n',
        b'{"pages": "many"}\n',
        b'{"pages": 1}\n{"width": 9, "height": 9, "type": "text/html", "size": 4}\n<p>x',
        b'{"pages": 1}\n{"width": 9, "height": 9, "type": "image/png", "size": 4}\n<svg',
        b'{"pages": 1}\n{"width": 99999, "height": 9, "type": "image/png", "size": 8}\n\x89PNG\r\n\x1a\n',
        b'{"pages": 1}\n{"width": 9, "height": 9, "type": "image/png", "size": 9}\n\x89PNG\r\n\x1a\n',
        b'{"refusal": "<script>"}\n',
    ],
    ids=str,
)
def test_what_the_process_says_is_not_believed(said: bytes) -> None:
    found = preview._understood(said)
    assert found.shown == ()
    assert found.refusal in preview.REFUSALS


def test_pages_made_before_the_process_was_ended_are_shown() -> None:
    png = picture("PNG")
    line = b'{"width": 600, "height": 400, "type": "image/png", "size": %d}\n' % len(png)
    found = preview._understood(b'{"pages": 3}\n' + line + png + line + png[:20])
    assert (found.pages, len(found.shown)) == (3, 1)
