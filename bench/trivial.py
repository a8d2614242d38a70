"""The page that `alur bench http` compares with: Flask and waitress with nothing behind them. Run as a program, with a port."""

from __future__ import annotations

import sys

from flask import Flask
from waitress import serve

THREADS = 8


def main() -> None:
    """Serve the page until stopped."""
    app = Flask("trivial", static_folder=None)
    app.add_url_rule("/", "page", lambda: "<!doctype html><title>Halaman</title><p>Ada.</p>")
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS)


if __name__ == "__main__":
    main()
