"""The drawing of a file that was checked: verdicts by sign and colour, and links to what was found."""

from __future__ import annotations

from lxml import etree
from upload_kit import drawn

from engine.drawing import Drawing, read_drawing
from web.diagram import Marks, Note, State, draw


def picture(marks: Marks) -> etree._Element:
    """Draw a process of one step with marks."""
    return etree.fromstring(draw(drawing(), marks, title="Peta"))


def drawing() -> Drawing:
    """Give the drawing of a process of one step."""
    return read_drawing(etree.fromstring(drawn()))


def noted(element: str, state: State) -> etree._Element:
    """Give an element with a note, as it is drawn."""
    note = Note(number=3, id="unsur-3", href="#temuan-3")
    svg = picture(Marks(states={element: state}, notes={element: note}))
    (found,) = svg.findall(f".//a[@data-el='{element}']")
    return found


def test_an_element_with_a_note_is_a_link_that_says_its_verdict_and_number() -> None:
    found = noted("periksa", State.REFUSED)
    assert (found.get("id"), found.get("href")) == ("unsur-3", "#temuan-3")
    assert found.get("class") == "bpmn task user refused"
    assert found.findtext("title") == "Memeriksa <berkas>: ditolak, lihat temuan 3"


def test_a_flow_with_a_note_carries_its_number_and_is_named_as_a_line() -> None:
    found = noted("b", State.WARNED)
    assert found.get("class") == "bpmn sequence warned"
    said = "Garis alir: dapat berjalan, ada peringatan, lihat temuan 3"
    assert found.findtext("title") == said
    assert [chip.findtext("text") for chip in found.findall("g[@class='chip warned']")] == ["3"]


def test_a_picture_with_links_is_no_image_and_one_without_has_no_ids() -> None:
    note = Note(number=1, id="unsur-1", href="#temuan-1")
    assert picture(Marks(notes={"periksa": note})).get("role") == "group"
    plain = picture(Marks(states={"periksa": State.RUNS}))
    assert plain.get("role") == "img"
    assert plain.findall(".//a") == []
    assert plain.xpath("//*[@id]") == []


def test_each_verdict_shows_without_colour() -> None:
    signs = {}
    for state in (State.RUNS, State.WARNED, State.REFUSED, State.MAP_ONLY):
        note = None if state is State.RUNS else Note(number=1, id="u", href="#t")
        svg = picture(
            Marks(states={"periksa": state}, notes={} if note is None else {"periksa": note})
        )
        (chip,) = svg.findall(f".//g[@class='chip {state}']")
        signs[state] = [part.get("d") for part in chip.findall("path")]
    assert signs[State.MAP_ONLY] == []
    assert len({str(sign) for sign in signs.values()}) == len(signs)
