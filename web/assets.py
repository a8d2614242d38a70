"""Our style sheet, script and picture, each under an address with its content's hash, so that it can be kept for a year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from flask import Blueprint, Response, url_for

from engine.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_YEAR = 365 * 24 * 3600

assets = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One static file; `digest` is the beginning of its content's SHA-256, in hex."""

    name: str
    digest: str
    content: bytes
    content_type: str


@cache
def list_assets() -> Mapping[str, Asset]:
    """Give the static files by name; the parts in `styles/`, in the order of their names, are one style sheet."""
    folder = files("web").joinpath("static")
    found = {item.name: item.read_bytes() for item in folder.iterdir() if item.is_file()}
    styles = sorted(folder.joinpath("styles").iterdir(), key=lambda item: item.name)
    found["alur.css"] = b"\n".join(style.read_bytes() for style in styles)
    return {name: _asset(name, content) for name, content in found.items()}


def asset_url(name: str) -> str:
    """Give the address of a static file. Raises KeyError when there is none of this name."""
    return url_for("assets.show", digest=list_assets()[name].digest, name=name)


@assets.get("/aset/<digest>/<name>")
def show(digest: str, name: str) -> Response:
    """Give a static file; an address with an old hash is not there."""
    asset = list_assets().get(name)
    if asset is None or asset.digest != digest:
        raise NotFound(f"Expected a static file {name}, but there is none", code="not_found")
    response = Response(asset.content, content_type=asset.content_type)
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def _asset(name: str, content: bytes) -> Asset:
    return Asset(
        name=name,
        digest=hashlib.sha256(content).hexdigest()[:16],
        content=content,
        content_type=_TYPES[name.rpartition(".")[2]],
    )
