"""The web side of Alur: pages and command line. Here everything is put together."""

from web.application import create_app

__all__ = ["create_app"]
