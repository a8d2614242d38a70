"""A desk of the office: a browser page, worked at like a person does, by what stands on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from web.demonstration import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FilePayload, Locator, Page

WIDTHS = (1280, 390)


class Desk:
    """One person's browser; `shots` is the folder for pictures, or None for no pictures."""

    def __init__(self, page: Page, shots: Path | None) -> None:
        self.page = page
        self._shots = shots

    def sign_in(self, login: str) -> None:
        """Sign in as one of the demonstration's people."""
        self.page.goto("/masuk")
        self.fill("Nama masuk", login)
        self.fill("Kata sandi", PASSWORD)
        self.press("Masuk")
        self.page.wait_for_url("**/tugas")

    def fill(self, label: str, text: str, *, row: int | None = None) -> None:
        """Type into the field with this label, of a table in the row with this number."""
        self._field(label, row).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a list."""
        self._field(label).select_option(label=option)

    def tick(self, label: str, *, under: str = "") -> None:
        """Tick a box or a radio button, of the question with this legend if given."""
        place = self._question(under) if under else self.page.locator("main")
        place.get_by_label(_exactly(label)).check()

    def attach(self, label: str, name: str, content: bytes) -> None:
        """Attach a file."""
        chosen: FilePayload = {"name": name, "mimeType": "application/pdf", "buffer": content}
        self._question(label).locator("input[type=file]").set_input_files(chosen)

    def press(self, name: str) -> None:
        """Press the button that begins with these words, and wait for the page it leads to."""
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Follow the link that begins with these words, and wait for its page to be all there."""
        self.page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()
        self.page.wait_for_load_state()

    def row(self, subject: str) -> Locator:
        """Give the line of a list that is about a subject."""
        return self.page.get_by_role("row").filter(has_text=subject)

    @property
    def mistakes(self) -> list[str]:
        """What the page says is wrong with the form that was sent."""
        return self.page.locator("#kesalahan li").all_inner_texts()

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def title(self) -> str:
        """The page's heading."""
        return " ".join(self.page.locator("h1").inner_text().split())

    def shoot(self, name: str) -> None:
        """Keep pictures of the page, `name-1280.png` and `name-390.png`, where pictures are wanted."""
        if self._shots is None:
            return
        self.page.evaluate(
            "scrollTo(0, 0)"
        )  # else what is sticky stands in the middle of the picture
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=self._shots / f"{name}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    def _field(self, label: str, row: int | None = None) -> Locator:
        place = self.page.locator("main")
        if row is not None:
            place = place.locator("fieldset.row").nth(row - 1)
        return place.get_by_label(_exactly(label))

    def _question(self, legend: str) -> Locator:
        fieldsets = self.page.locator("main fieldset")
        return fieldsets.filter(has=self.page.locator("legend", has_text=_exactly(legend))).last


def _exactly(label: str) -> re.Pattern[str]:
    """Match a label with or without its mark of being required or not."""
    return re.compile(rf"^\s*{re.escape(label)}\s*(\*|\(boleh kosong\))?\s*$")
