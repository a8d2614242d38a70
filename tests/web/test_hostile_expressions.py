"""Whoever tries what burns time on *Coba ekspresi* gets a sentence, and the server answers the next request."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from hostile import BURNERS, HOSTILE, LEAKS, watching
from matrix import Who
from serving_here import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matrix_world import World
    from web_kit import Caller, Seen

PAGE = "/ekspresi"


@pytest.fixture(scope="module")
def running(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Caller, int]]:
    """Give the browser of a process owner, and the port where the same application is served."""
    app = world.open(tmp_path_factory.mktemp("hostile") / "alur.sqlite3")
    with serving(app) as port:
        yield world.browser(app, Who.OWNER), port


def tried(owner: Caller, text: str, language: str = "feel") -> Seen:
    hidden = owner.get(PAGE).form(f"{PAGE}#hasil")
    return owner.post(
        PAGE,
        {**hidden, "ekspresi": text, "bahasa": language, "aksi": "coba", "perkara": "", "cari": ""},
    )


def next_answer(port: int) -> int:
    """Ask the server for a page and give the status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/masuk")
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_server_answers_after_each_expression_that_burns_time(
    running: tuple[Caller, int],
) -> None:
    owner, port = running
    for text in BURNERS:
        assert tried(owner, text).status == 200
        assert next_answer(port) == 200


def test_hostile_expressions_show_nothing_on_the_page(running: tuple[Caller, int]) -> None:
    owner, _ = running
    tried(owner, "1")
    for number, text in enumerate(HOSTILE[::8]):
        with watching() as opened:
            seen = tried(owner, text, ("feel", "juel")[number % 2])
        card = seen.page.select_one("section[aria-labelledby=hasil]")
        assert card is not None
        result = card.get_text(" ").replace(text, "")
        assert not any(leak in result for leak in LEAKS), text
        assert not {"os.system", "exec", "subprocess.Popen"} & set(opened), text
