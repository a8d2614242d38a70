"""A map that each rule lets through, and for each finding one that it is found in."""

from __future__ import annotations

from dataclasses import dataclass

import calendar_kit
from border_maps import LINKS, LINKS_WRONG, PLACES_WRONG, RAISED, RAISED_WRONG
from call_maps import (
    CALLS,
    CALLS_WRONG,
    INITIATOR,
    INITIATOR_WRONG,
    ITSELF,
    RETENTION,
    RETENTION_WRONG,
)
from decision_maps import DECISIONS, DECISIONS_WRONG
from dialect_maps import DIALECTS, DIALECTS_WRONG
from drawn_form_maps import DRAWN_FORMS, DRAWN_FORMS_WRONG, FORM_AT_START
from engine_maps import drawn
from form_kit import form_file
from letter_kit import numbering
from link_kit import linking
from message_kit import MESSAGES, MESSAGES_WRONG
from owner_maps import OWNERS, OWNERS_WRONG
from parameter_maps import LOOPS, LOOPS_WRONG, PARAMETERS, PARAMETERS_WRONG
from service_kit import SERVICE, SERVICE_WRONG
from structure_maps import ATTRIBUTES, ATTRIBUTES_WRONG, PLACES
from structure_maps import PLACES_WRONG as MISPLACED
from timer_maps import TIMERS, TIMERS_WRONG
from variable_maps import VARIABLES, VARIABLES_WRONG

STEP = "start mulai\nend selesai\n"
LINE = STEP + "mulai -> kerja\nkerja -> selesai\n"
WAYS = STEP + "{gate} pilih\nmanual a\nmanual b\nmulai -> pilih\na -> selesai\nb -> selesai\n"

GUARDED = "manual kerja\nboundary batas on=kerja duration=P1D\n" + LINE + "batas -> selesai\n"
EVENTS = (
    "events kerja\ncatch a message=m\ncatch b duration=PT1H\nmulai -> kerja\n"
    "kerja -> a\nkerja -> b\na -> selesai\nb -> selesai\n" + STEP
)

NUMBERED = {"nomor.register": "surat_keluar", "nomor.isian": "catatan", "nomor.tahap": "sahkan"}


def conditional(form: str, hide: str) -> bytes:
    """Give a form of two lines, the second hidden while the condition is true."""
    first = {"type": "textfield", "key": "catatan", "label": "Catatan"}
    second = {
        "type": "textfield",
        "key": "alasan",
        "label": "Alasan",
        "conditional": {"hide": hide},
    }
    return form_file(first, second, id=form)


VALID = {
    "ids_unique": drawn("manual kerja.1-A_b\n" + LINE.replace("kerja", "kerja.1-A_b")),
    "elements_supported": drawn(
        "manual kerja\n" + LINE.replace("end", "terminate"), properties={"sop.nomor": "1"}
    ).replace(
        b"EventDefinition/>",
        b'EventDefinition id="T_1"/><bpmn:documentation>x</bpmn:documentation>',
    ),
    "places": PLACES,
    "plain_attributes": ATTRIBUTES,
    "unknown_attributes": DIALECTS,
    "flow_ends": drawn("sub kerja\nstart x inside kerja\nend y inside kerja\nx -> y\n" + LINE),
    "start_and_end": drawn("manual kerja\nend juga\nmulai -> kerja\nkerja -> juga\nstart mulai"),
    "activity_flows": drawn("manual kerja\nend juga\nkerja -> juga if =true\n" + LINE),
    "links": LINKS,
    "raised": RAISED,
    "conditions": drawn(
        WAYS.format(gate="or")
        + "pilih -> a if ${x == 1}\npilih -> b if =x > 1\npilih -> selesai default"
    ),
    "lanes_for_people": drawn("manual kerja\n" + LINE, lanes={"kepala": "kerja"}),
    "external_lanes": drawn(
        "manual kerja\n" + LINE,
        lanes={"warga": "mulai"},
        recorders={"warga": "petugas"},
        kinds={"warga": "eksternal", "petugas": "internal"},
    ),
    "initiator": INITIATOR,
    "retention": RETENTION,
    "narrowing": drawn(
        "manual kerja candidateGroups=${unit} assignee=a dueDate=2026-12-01\n" + LINE
    ),
    "standard_times": calendar_kit.timed("P3D"),
    "drawn_forms": DRAWN_FORMS,
    "forms_there": drawn("user kerja formRef=isi\n" + LINE),
    "form_names": drawn(
        "script tandai script=1 scriptFormat=feel resultVariable=tanda\nuser kerja formRef=syarat\n"
        + STEP
        + "mulai -> tandai\ntandai -> kerja\nkerja -> selesai\n"
    ),
    "scripts": drawn('script kerja script="1 + 1" scriptFormat=FEEL resultVariable=dua\n' + LINE),
    "service_work": SERVICE,
    "decisions": DECISIONS,
    "repetitions": drawn('manual kerja times=3 until="=nrOfCompletedInstances > 1"\n' + LINE),
    "calls_known": CALLS,
    "calls_itself": ITSELF,
    "loops": LOOPS,
    "parameters": PARAMETERS,
    "linked_cases": linking(
        drawn("user kerja formRef=isi\n" + LINE),
        "kerja",
        {
            "proses": "anak",
            "untuk": "catatan",
            "isi": "untuk",
            "data": "catatan, hal=catatan",
            "bila": 'catatan != "x"',
            "kedalaman_maks": "3",
        },
    ),
    "alternatives": drawn(
        "manual kerja\n" + LINE, properties={"alternatif": "lain, anak", "berlaku": "tidak"}
    ),
    "events": drawn(EVENTS),
    "letter_numbers": numbering(drawn("user kerja formRef=isi\n" + LINE), {"kerja": NUMBERED}),
    "office_values": drawn(
        "rule kerja decisionRef=batas resultVariable=hasil\n" + LINE,
        properties={
            "ketetapan.batas_a": "Batas A",
            "ketetapan.batas_b": "Batas B",
            "ketetapan.urutan": "batas_b < batas_a",
        },
    ),
    "messages": MESSAGES,
    **OWNERS,
    "timers": TIMERS,
    "variables_provided": VARIABLES,
    "reachable": drawn("manual kerja\n" + LINE),
}
"""A map for each rule that has what the rule looks at, and is in order."""


@dataclass(frozen=True)
class Wrong:
    """A map, the element that is to be named, and what stands on the line that is to be named."""

    source: bytes
    element: str
    on_line: str = ""


def without(source: bytes, text: bytes, instead: bytes = b"") -> bytes:
    assert text in source
    return source.replace(text, instead)


def linked(**properties: str) -> bytes:
    return linking(drawn("user kerja formRef=isi\n" + LINE), "kerja", properties)


def setting(**told: str) -> bytes:
    """Give a map whose process declares these numbers."""
    properties = {f"ketetapan.{name.replace('__', '.')}": label for name, label in told.items()}
    return drawn("user kerja formRef=isi\n" + LINE, properties=properties)


def numbered(step: str = "user kerja formRef=isi", **properties: str) -> bytes:
    told = {name.replace("__", "."): value for name, value in properties.items()}
    return numbering(drawn(f"{step}\n{LINE}"), {"kerja": {**NUMBERED, **told}})


KERJA = drawn("manual kerja\n" + LINE)
PERIKSA = "sub periksa\nstart x inside periksa\nmanual kerja inside periksa\nend y inside periksa\n"
INSIDE = "start x inside kerja\nend y inside kerja\nx -> y\n"
CHOICE = WAYS.format(gate="xor") + "pilih -> a if {condition}\npilih -> b default"

INVALID = {
    "id_form": Wrong(drawn("manual kerja@1\n" + LINE.replace("kerja", "kerja@1")), "kerja@1"),
    "id_twice": Wrong(
        without(KERJA, b"<bpmn:sequenceFlow", b'<bpmn:group id="kerja"/><bpmn:sequenceFlow'),
        "kerja",
    ),
    "element_refused": Wrong(
        without(
            KERJA,
            b'<bpmn:endEvent id="selesai"/>',
            b'<bpmn:endEvent id="selesai">\n<bpmn:compensateEventDefinition id="E_1"/></bpmn:endEvent>',
        ),
        "selesai",
        "compensateEventDefinition",
    ),
    "flow_loose": Wrong(drawn("manual kerja\nkerja -> hilang\nmulai -> kerja\n" + STEP), "f0"),
    "flow_across": Wrong(
        drawn(PERIKSA + STEP + "mulai -> kerja\nx -> kerja\nkerja -> y\nperiksa -> selesai"), "f0"
    ),
    "flow_direction": Wrong(drawn("manual kerja\nselesai -> kerja\n" + LINE), "f0"),
    "start_count": Wrong(
        drawn("manual kerja\nstart lagi\nlagi -> kerja\n" + LINE), "p", "<bpmn:process"
    ),
    "end_missing": Wrong(drawn("start mulai\nmanual kerja\nmulai -> kerja"), "p", "<bpmn:process"),
    "start_leads_nowhere": Wrong(
        drawn("start mulai\nend selesai\nmanual kerja\nkerja -> selesai"), "mulai"
    ),
    "dead_end": Wrong(drawn("manual kerja\nmulai -> kerja\n" + STEP), "kerja"),
    "default_unknown": Wrong(
        without(drawn(CHOICE.format(condition="=true")), b'default="f4"', b'default="f9"'), "pilih"
    ),
    "condition_missing": Wrong(
        drawn(CHOICE.format(condition="=true").replace(" default", "")), "f4"
    ),
    "condition_on_default": Wrong(
        without(drawn(CHOICE.format(condition="=true")), b'default="f4"', b'default="f3"'), "f3"
    ),
    "condition_on_parallel": Wrong(
        drawn(WAYS.format(gate="and") + "pilih -> a if =true\npilih -> b"), "f3"
    ),
    "expression_invalid": Wrong(drawn(CHOICE.format(condition="${x ==}")), "f3"),
    "lane_missing": Wrong(without(KERJA, b"<bpmn:flowNodeRef>kerja</bpmn:flowNodeRef>"), "kerja"),
    "start_lane_missing": Wrong(
        without(KERJA, b"<bpmn:flowNodeRef>mulai</bpmn:flowNodeRef>"), "mulai"
    ),
    "lane_names_unknown": Wrong(
        drawn("manual kerja\n" + LINE, lanes={"kepala": "hilang"}), "kepala", "hilang"
    ),
    "lane_twice": Wrong(
        drawn("manual kerja\n" + LINE, lanes={"kepala": "kerja", "petugas": "mulai kerja selesai"}),
        "petugas",
        "flowNodeRef>kerja",
    ),
    "lane_kind_unknown": Wrong(
        drawn("manual kerja\n" + LINE, kinds={"petugas": "luar"}), "petugas"
    ),
    "recorder_missing": Wrong(
        drawn("manual kerja\n" + LINE, kinds={"petugas": "eksternal"}), "petugas"
    ),
    "recorder_of_internal": Wrong(
        drawn(
            "manual kerja\n" + LINE,
            lanes={"warga": "mulai"},
            recorders={"warga": "petugas"},
            kinds={"warga": "internal"},
        ),
        "warga",
    ),
    "recorder_wrong": Wrong(
        drawn("manual kerja\n" + LINE, recorders={"petugas": "hilang"}), "petugas"
    ),
    "recorder_of_unknown": Wrong(
        drawn("manual kerja\n" + LINE, properties={"dicatat_oleh.hilang": "petugas"}),
        "p",
        "<bpmn:process",
    ),
    "narrowing_invalid": Wrong(drawn("manual kerja candidateGroups=${unit\n" + LINE), "kerja"),
    "standard_time_invalid": Wrong(calendar_kit.timed("3 hari"), "kerja"),
    "standard_time_nothing": Wrong(calendar_kit.timed("P0D"), "kerja"),
    "standard_time_long": Wrong(calendar_kit.timed("P21Y"), "kerja"),
    "form_not_named": Wrong(drawn("user kerja\n" + LINE), "kerja"),
    "form_name_unknown": Wrong(drawn("user kerja formRef=salah\n" + LINE), "kerja"),
    "form_not_there": Wrong(drawn("user kerja formRef=hilang\n" + LINE), "kerja"),
    "script_language": Wrong(
        drawn("script kerja script=1 scriptFormat=groovy resultVariable=x\n" + LINE), "kerja"
    ),
    "script_result_missing": Wrong(
        drawn("script kerja script=1 scriptFormat=feel\n" + LINE), "kerja"
    ),
    "script_invalid": Wrong(
        drawn('script kerja script="1 +" scriptFormat=feel resultVariable=x\n' + LINE), "kerja"
    ),
    **{code: Wrong(source, "kerja") for code, source in SERVICE_WRONG.items()},
    "repetition_place": Wrong(drawn("and kerja times=3\n" + LINE), "kerja"),
    "repetition_over_what": Wrong(drawn("manual kerja times=\n" + LINE), "kerja"),
    "repetition_invalid": Wrong(drawn("manual kerja times=${\n" + LINE), "kerja"),
    "call_empty": Wrong(drawn("call kerja\n" + LINE), "kerja"),
    "call_unknown": Wrong(drawn("call kerja calledElement=hilang\n" + LINE), "kerja"),
    "mapping_incomplete": Wrong(drawn("call kerja calledElement=anak in=:x\n" + LINE), "kerja"),
    "mapping_invalid": Wrong(drawn("call kerja calledElement=anak out=${:x\n" + LINE), "kerja"),
    "link_property_unknown": Wrong(linked(proses="anak", hasil="x"), "kerja"),
    "link_place": Wrong(
        linking(drawn("sub kerja\n" + INSIDE + LINE), "kerja", {"proses": "anak"}), "kerja"
    ),
    "link_process_missing": Wrong(linked(data="catatan"), "kerja"),
    "link_process_unknown": Wrong(linked(proses="hilang"), "kerja"),
    "link_depth": Wrong(linked(proses="anak", kedalaman_maks="21"), "kerja"),
    "link_entry_incomplete": Wrong(linked(proses="anak", untuk="catatan"), "kerja"),
    "link_name": Wrong(linked(proses="anak", data="then=catatan"), "kerja"),
    "link_condition_invalid": Wrong(linked(proses="anak", bila="catatan ="), "kerja"),
    "link_variable_unknown": Wrong(linked(proses="anak", data="hal=perihal"), "kerja"),
    "number_property_unknown": Wrong(numbered(nomor__cara="x"), "kerja"),
    "number_place": Wrong(numbered("user kerja formRef=isi times=2"), "kerja"),
    "number_register": Wrong(numbered(nomor__register="Surat Keluar"), "kerja"),
    "number_stage": Wrong(numbered(nomor__tahap="kapan saja"), "kerja"),
    "number_field": Wrong(numbered(nomor__isian="hilang"), "kerja"),
    "number_variable_unknown": Wrong(numbered(agenda__pihak="hilang"), "kerja"),
    "number_two_registers": Wrong(
        numbering(
            drawn(
                "user awal formRef=isi\nuser kerja formRef=isi\n"
                "mulai -> awal\nawal -> kerja\nkerja -> selesai\n" + STEP
            ),
            {"awal": NUMBERED, "kerja": {**NUMBERED, "nomor.register": "surat_tugas"}},
        ),
        "kerja",
    ),
    "number_never_taken": Wrong(numbered(nomor__tahap="kirim"), "kerja"),
    "alternative_in_force": Wrong(
        drawn("manual kerja\n" + LINE, properties={"alternatif": "anak"}), "p"
    ),
    "alternative_itself": Wrong(
        drawn("manual kerja\n" + LINE, properties={"alternatif": "p"}), "p"
    ),
    "in_force_unknown": Wrong(
        drawn("manual kerja\n" + LINE, properties={"berlaku": "mungkin"}), "p"
    ),
    "office_value_name": Wrong(setting(batas__sehat__if="Batas"), "p"),
    "office_value_taken": Wrong(setting(catatan="Catatan"), "p"),
    "office_value_unused": Wrong(setting(batas="Batas"), "p"),
    "office_value_label": Wrong(setting(batas=""), "p"),
    "office_value_place": Wrong(
        linking(drawn("user kerja formRef=isi\n" + LINE), "kerja", {"batas": "B"}).replace(
            b"lanjutan.", b"ketetapan."
        ),
        "kerja",
    ),
    "office_value_order_unknown": Wrong(setting(a="A", b="B", urutan="a < b < c"), "p"),
    "office_value_order_shape": Wrong(setting(a="A", urutan="a < a"), "p"),
    "event_several": Wrong(drawn("catch kerja message=m signal=n\n" + LINE), "kerja"),
    "event_without_trigger": Wrong(drawn("catch kerja\n" + LINE), "kerja"),
    "boundary_loose": Wrong(drawn(GUARDED.replace("on=kerja", "on=hilang")), "batas"),
    "boundary_entered": Wrong(drawn(GUARDED + "batas -> batas"), "batas"),
    "inner_start_trigger": Wrong(
        drawn("sub kerja\n" + INSIDE.replace("start x", "start x message=m") + LINE), "x"
    ),
    "timer_thrown": Wrong(drawn("throw kerja duration=PT1H\n" + LINE), "kerja"),
    "event_gateway_single": Wrong(
        drawn(EVENTS.replace("kerja -> b\n", "") + "manual lain\nmulai -> lain\nlain -> b"), "kerja"
    ),
    "event_gateway_target": Wrong(
        drawn(EVENTS.replace("catch b duration=PT1H", "manual b")), "kerja"
    ),
    "event_gateway_attached": Wrong(
        drawn(
            EVENTS.replace("catch b duration=PT1H", "receive b message=n")
            + "boundary c on=b duration=PT1H\nc -> selesai"
        ),
        "kerja",
    ),
    "event_gateway_shared": Wrong(drawn(EVENTS + "a -> b"), "kerja"),
    "event_gateway_condition": Wrong(
        drawn(EVENTS.replace("kerja -> b", "kerja -> b if =true")), "kerja"
    ),
    **{code: Wrong(*each) for code, each in DIALECTS_WRONG.items()},
    **{code: Wrong(*each) for code, each in (MISPLACED | ATTRIBUTES_WRONG).items()},
    **{code: Wrong(*each) for code, each in (LINKS_WRONG | RAISED_WRONG | PLACES_WRONG).items()},
    **{code: Wrong(*each) for code, each in OWNERS_WRONG.items()},
    **{code: Wrong(source, "waktu") for code, source in TIMERS_WRONG.items()},
    **{code: Wrong(source, "kerja") for code, source in MESSAGES_WRONG.items()},
    "retention_wrong": Wrong(RETENTION_WRONG, "p"),
    "initiator_name": Wrong(INITIATOR_WRONG, "mulai"),
    "form_at_start": Wrong(FORM_AT_START, "mulai"),
    **{code: Wrong(source, "kerja") for code, source in DRAWN_FORMS_WRONG.items()},
    **{code: Wrong(source, "kerja") for code, source in CALLS_WRONG.items()},
    **{code: Wrong(source, "kerja") for code, source in PARAMETERS_WRONG.items()},
    **{code: Wrong(source, "kerja") for code, source in LOOPS_WRONG.items()},
    **{code: Wrong(source, "kerja") for code, source in DECISIONS_WRONG.items()},
    **{code: Wrong(source, "hitung") for code, source in VARIABLES_WRONG.items()},
    "unreachable": Wrong(drawn("manual kerja\nmanual pulau\npulau -> selesai\n" + LINE), "pulau"),
}
"""A map for each finding that it is found in."""
