"""What axe-core finds wrong with a page in a real browser: barriers for who reads or works with other means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
"""Only violations are written out: the selectors of all that is in order took as long as finding them."""


def violations(page: Page) -> AxeResults:
    """Give what axe-core finds; the script is put into a page once, however often it is looked at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async options => (await axe.run(options)).violations", OPTIONS)
    return AxeResults({"violations": found})


def complaints(page: Page) -> str:
    """Give the report of what is wrong with the page as it stands, empty when nothing is."""
    found = violations(page)
    return found.generate_report() if found.violations_count else ""


def complaints_at_widths(page: Page, widths: Iterable[int] = WIDTHS) -> list[str]:
    """Give what is wrong with the page at each width, and what is wider than the screen; it is wide again afterwards."""
    found = [f"{width}: {said}" for width in widths if (said := _at(page, width))]
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def _at(page: Page, width: int) -> str:
    page.set_viewport_size({"width": width, "height": 900})
    needed = page.evaluate("document.documentElement.scrollWidth")
    return complaints(page) or (f"{needed} px needed" if needed > width else "")
