"""Maps for the rules about mistakes that owners make: those that pass, and one for each finding; with the forms that they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn
from form_kit import form_file

if TYPE_CHECKING:
    from engine.rule import Finding

STEP = "start mulai\nend selesai\n"
LINE = STEP + "mulai -> kerja\nkerja -> selesai\n"


def options(*values: str) -> list[dict[str, str]]:
    return [{"value": value, "label": value.title()} for value in values]


def field(kind: str, key: str, *, required: bool = True, **properties: object) -> dict[str, object]:
    """Give a field of a form, one that must be filled in unless told otherwise."""
    validate = {"required": required, **dict(properties.pop("validate", {}))}  # type: ignore[call-overload] # a dict, as written here
    return {"type": kind, "key": key, "label": key.title(), "validate": validate, **properties}


CHOICE = form_file(
    field("radio", "putusan", values=options("setuju", "revisi", "tolak")),
    field("checkbox", "lengkap", required=False),
    field("number", "nilai", decimalDigits=0, validate={"min": 0, "max": 100}),
    field("select", "catatan_hasil", required=False, values=options("ada", "nihil")),
    id="pilihan",
)
UNUSED = form_file(field("textfield", "catatan"), id="tak_terpakai")
FORMS = {"pilihan.form": CHOICE, "tak_terpakai.form": UNUSED}
"""Forms of the examples, each part of the package whose drawing names it."""


def parting(*conditions: str, gate: str = "xor", default: bool = False) -> bytes:
    """Give a map whose form `pilihan` is followed by a gateway with these ways, each to a step of its own."""
    ways = [
        f"manual jalan{n}\nurai -> jalan{n}{f' if {c}' if c else ''}\njalan{n} -> selesai\n"
        for n, c in enumerate(conditions)
    ]
    other = "manual lain\nurai -> lain default\nlain -> selesai\n" if default else ""
    before = f"user kerja formRef=pilihan\n{gate} urai\nmulai -> kerja\nkerja -> urai\n"
    return drawn(f"{STEP}{before}{''.join(ways)}{other}")


WAYS = parting('=putusan = "setuju"', '=putusan in ("revisi", "tolak")')
KEYED = drawn(
    "user kerja formRef=pilihan\nreceive tunggu message=m key=${putusan}\n"
    + STEP
    + "mulai -> kerja\nkerja -> tunggu\ntunggu -> selesai"
)
WAITING_LOOP = drawn(
    "script hitung script=1 scriptFormat=feel resultVariable=n\nmanual periksa\nxor cukup\n"
    + STEP
    + "mulai -> hitung\nhitung -> periksa\nperiksa -> cukup\ncukup -> hitung if =n < 3\ncukup -> selesai default"
)
COUNTING = (
    "script awal script=1 scriptFormat=feel resultVariable={first}\n"
    'script hitung script="n + 1" scriptFormat=feel resultVariable={result}\nxor cukup\n'
    + STEP
    + "mulai -> awal\nawal -> hitung\nhitung -> cukup\ncukup -> hitung if =n < 3\ncukup -> selesai default"
)

OWNERS = {
    "ways_covered": WAYS,
    "message_keys": KEYED,
    "forms_used": drawn("user kerja formRef=pilihan\n" + LINE),
    "loops_wait": WAITING_LOOP,
}
OWNERS_WRONG = {
    "ways_gap": (parting('=putusan = "setuju"', '=putusan = "revisi"'), "urai"),
    "ways_unsure": (parting("=count(daftar) > 3", "=count(daftar) < 2"), "urai"),
    "condition_never": (parting('=putusan = "setju"', default=True), "f2"),
    "conditions_overlap": (parting("=nilai > 10", "=nilai > 50", default=True), "f4"),
    "message_without_key": (
        drawn("receive tunggu message=m\n" + LINE.replace("kerja", "tunggu")),
        "tunggu",
    ),
    "form_unused": (
        drawn("user kerja formRef=pilihan\n" + LINE, properties={"sop.nomor": "tak_terpakai"}),
        "p",
        "<bpmn:process",
    ),
    "loop_without_wait": (drawn(COUNTING.format(first="n", result="n")), "hitung"),
    "loop_endless": (drawn(COUNTING.format(first="n", result="m")), "hitung"),
}

_OF_OWNERS = {"message_without_key", "ways_unsure"}


def unsaid(found: Finding, source: bytes) -> bool:
    """Tell whether a warning is one that only the examples here are about: others leave out what would still it."""
    return found.code in _OF_OWNERS and not any(source == each[0] for each in OWNERS_WRONG.values())
