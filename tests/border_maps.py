"""Maps for the rules about links, errors, escalations and event sub-processes: those that pass, and one for each finding."""

from __future__ import annotations

from engine_maps import drawn

LINKS = drawn(
    "start mulai\nmanual kerja\nthrow ke link=x\ncatch dari link=x\nend selesai\n"
    "mulai -> kerja\nkerja -> ke\ndari -> selesai"
)

_SUB = (
    "start mulai\nsub kerja\nstart x inside kerja\nend y inside kerja {y}\nx -> y\nend selesai\n"
    "mulai -> kerja\nkerja -> selesai\n"
)
_CAUGHT = "boundary b on=kerja {b}\nb -> selesai\n"
RAISED = drawn(_SUB.format(y="error=E1") + _CAUGHT.format(b="error=any code=kode told=sebab"))
HANDLED = drawn(
    "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
    "handler urus\nstart datang inside urus error=any\nend beres inside urus\ndatang -> beres"
)

LINKS_WRONG = {
    "link_nameless": (LINKS.replace(b' name="x"', b"", 1), "ke"),
    "link_unpaired": (
        drawn(
            "start mulai\nmanual kerja\nthrow ke link=x\nend selesai\n"
            "mulai -> kerja\nkerja -> ke\nkerja -> selesai"
        ),
        "ke",
    ),
    "link_several": (
        drawn(
            "start mulai\nmanual kerja\nthrow ke link=x\ncatch dari link=x\ncatch juga link=x\nend selesai\n"
            "mulai -> kerja\nkerja -> ke\ndari -> selesai\njuga -> selesai"
        ),
        "ke",
    ),
    "link_flow": (
        drawn(
            "start mulai\nmanual kerja\nthrow ke link=x\ncatch dari link=x\nend selesai\n"
            "mulai -> kerja\nkerja -> ke\ndari -> selesai\nke -> selesai"
        ),
        "ke",
    ),
}

RAISED_WRONG = {
    "raised_code_missing": (drawn(_SUB.format(y="error=any")), "y"),
    "raised_code_wrong": (drawn(_SUB.format(y=f"escalation={'K' * 101}")), "y"),
    "raised_variable": (
        drawn(_SUB.format(y="error=E1") + _CAUGHT.format(b="error=E1 code=kode-salah")),
        "b",
    ),
    "raised_never": (
        drawn(
            "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
            + _CAUGHT.format(b="error=E1")
        ),
        "b",
    ),
    "error_caught_nowhere": (drawn(_SUB.format(y="error=E1") + _CAUGHT.format(b="error=E2")), "y"),
    "error_not_interrupting": (
        drawn(_SUB.format(y="error=E1") + _CAUGHT.format(b="error=E1 keeps=true")),
        "b",
    ),
}

PLACES_WRONG = {
    "event_place": (
        drawn("start mulai\nthrow kerja error=E1\nend selesai\nmulai -> kerja\nkerja -> selesai"),
        "kerja",
    ),
    "handler_untriggered": (HANDLED.replace(b"<bpmn:errorEventDefinition/>", b""), "urus"),
    "flow_handler": (
        drawn(
            "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
            "handler urus\nstart datang inside urus error=any\nend beres inside urus\n"
            "datang -> beres\nkerja -> urus"
        ),
        "f3",
    ),
}
