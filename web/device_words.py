"""What a browser calls itself, in words that its owner knows: `Chrome di Windows`. For reading only; anybody can call himself anything."""

from __future__ import annotations

from web.i18n import _

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""What stands in the name, and the browser; the first that fits, for most name others beside themselves."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""What stands in the name, and the kind of machine; the first that fits."""


def device_words(agent: str) -> str:
    """Give browser and machine, as far as they are known."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    if browser and system:
        return _("{browser} di {system}").format(browser=browser, system=system)
    return browser or system or _("Peramban tidak dikenal")
