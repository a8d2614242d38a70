"""PDF files made by hand, for tests that look at them."""

from __future__ import annotations

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf_pages(
    count: int,
    *,
    text: str = "Surat undangan",
    drawing: str = "",
    size: tuple[int, int] = (595, 842),
) -> bytes:
    """Give a PDF with so many pages, each with lines of a text or with a drawing (PDF operators)."""
    places = [4 + 2 * number for number in range(count)]
    kids = " ".join(f"{place} 0 R" for place in places)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        FONT,
    ]
    box = f"/MediaBox[0 0 {size[0]} {size[1]}]/Resources<</Font<</F1 3 0 R>>>>"
    for number, place in enumerate(places, 1):
        drawn = drawing or _lines(text, number)
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {place + 1} 0 R>>")
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    return _file(objects)


def _lines(text: str, page: int) -> str:
    lines = " ".join(f"({text}, halaman {page} baris {n}) Tj T*" for n in range(1, 31))
    return f"BT /F1 14 Tf 60 780 Td 20 TL {lines} ET"


def _file(objects: list[str]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{written}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return content + f"{tail}startxref\n{len(content)}\n%%EOF".encode()
