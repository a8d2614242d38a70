"""Headers of every answer: nothing inline, nothing from elsewhere, no page kept by a cache (findings/browser.md 0.7).

What each is for, and the test that keeps it, is in docs/security.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from web.parts import parts

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""Content-Security-Policy of pages."""

DOWNLOAD_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Content-Security-Policy of files that people uploaded."""

HTTPS_ONLY = "max-age=31536000; includeSubDomains"
"""Strict-Transport-Security where people reach Alur by HTTPS: a year."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def register(app: Flask) -> None:
    """Let every answer of the app carry the headers; an answer's own policy and cache time stand."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.endpoint != "assets.show":
        response.vary.add("Cookie")  # for a cache that keeps what it was told not to
    if parts().settings.is_secure:
        response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    return response
