"""Maps for the rules about how a file is put together: those that pass, and one for each finding."""

from __future__ import annotations

from engine_maps import drawn

LINE = "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai"
PLAIN = drawn(LINE)
CONDITIONAL = drawn(LINE.replace("-> selesai", "-> selesai if =true"))
NOTED = drawn(LINE, properties={"sop.nomor": "1"})


def instead(old: str, new: str, source: bytes = PLAIN) -> bytes:
    """Give a file with one place changed."""
    assert old.encode() in source
    return source.replace(old.encode(), new.encode(), 1)


def holding(inner: str) -> bytes:
    """Give a file whose step holds more."""
    return instead('id="kerja"/>', f'id="kerja">{inner}</bpmn:manualTask>')


PLACES = holding("<bpmn:documentation>Catat <b>dahulu</b></bpmn:documentation>")
ATTRIBUTES = instead('id="kerja"', 'id="kerja" completionQuantity="1" xmlns:u="u:v" u:w="1"')

PLACES_WRONG = {
    "element_misplaced": (holding("<bpmn:timeDate>2027-01-01</bpmn:timeDate>"), "kerja"),
    "element_once": (
        instead(
            "</bpmn:conditionExpression>",
            "</bpmn:conditionExpression><bpmn:conditionExpression>=false</bpmn:conditionExpression>",
            CONDITIONAL,
        ),
        "f1",
    ),
    "element_in_text": (instead("=true", "=true<b/> and false", CONDITIONAL), "f1", "=true"),
    "text_misplaced": (holding("kerjakan dahulu"), "kerja"),
    "property_twice": (
        instead(
            "</camunda:properties>",
            '<camunda:property name="sop.nomor" value="2"/></camunda:properties>',
            NOTED,
        ),
        "p",
        'value="2"',
    ),
}
ATTRIBUTES_WRONG = {
    "attribute_asks": (instead('id="kerja"', 'id="kerja" completionQuantity="2"'), "kerja"),
    "attribute_not_bpmn": (instead('id="kerja"', 'id="kerja" calledElment="anak"'), "kerja"),
}
