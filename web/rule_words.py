"""What the gate found in a file, in Indonesian, for the owner of a process: what and why, and what to do. One row a code."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import AlurError
from engine.expression import ExpressionInvalid
from engine.form import FormProblem
from engine.rule import Severity
from web.calendar_words import ROWS as CALENDAR_ROWS
from web.call_rule_words import ROWS as CALL_ROWS
from web.decision_finding_words import decision_words
from web.decision_rule_words import ROWS as DECISION_ROWS
from web.dialect_rule_words import ROWS as DIALECT_ROWS
from web.drawn_form_rule_words import ROWS as DRAWN_FORM_ROWS
from web.element_words import kind_words
from web.event_rule_words import ROWS as EVENT_ROWS
from web.expression_words import told
from web.file_rule_words import ROWS as FILE_ROWS
from web.form_words import form_problem_text
from web.i18n import _
from web.letter_rule_words import ROWS as LETTER_ROWS
from web.link_rule_words import ROWS as LINK_ROWS
from web.message_rule_words import ROWS as MESSAGE_ROWS
from web.office_value_words import ROWS as OFFICE_VALUE_ROWS
from web.owner_rule_words import ROWS as OWNER_ROWS
from web.owner_rule_words import example_words
from web.repeat_rule_words import ROWS as REPEAT_ROWS
from web.service_rule_words import ROWS as SERVICE_ROWS
from web.structure_rule_words import ROWS as STRUCTURE_ROWS
from web.timer_words import ROWS as TIMER_ROWS
from web.waiting import span_words
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from engine.rule import Finding


class Row(NamedTuple):
    """The words of a code: what it is found at, what is wrong and why, and what to do."""

    at: str
    what: str
    fix: str


_STEP, _FLOW, _GATEWAY, _LANE = "Langkah", "Garis alir", "Gerbang", "Lajur"
_ELEMENT, _PROCESS, _START, _FILE = "Elemen", "Proses", "Kejadian awal", "Berkas"
_SAVE = "Simpan ulang dari Camunda Modeler, lalu unggah lagi."

SENTENCES: Mapping[str, Row] = {
    # ids and what is not run
    "id_form": Row(
        _ELEMENT,
        "id ini tidak dapat dipakai.",
        "Mulai dengan huruf; sesudahnya huruf, angka, titik, garis bawah, atau tanda hubung, paling banyak 128.",
    ),
    "id_twice": Row(
        _ELEMENT,
        "id {kind} ini dipakai lebih dari sekali.",
        "Beri tiap elemen id sendiri.",
    ),
    "element_refused": Row(
        _ELEMENT,
        "{kind} belum dapat dijalankan Alur.",
        "Ganti dengan elemen lain, atau simpan prosesnya sebagai gambar saja.",
    ),
    "extension_refused": Row(
        _ELEMENT,
        "memuat tambahan {kind}, yang tidak dijalankan Alur.",
        "Hapus tambahan itu di Camunda Modeler.",
    ),
    "attribute_refused": Row(
        _ELEMENT,
        "memuat sifat “{attribute}” = “{value}”, yang tidak dijalankan Alur di sini.",
        "Kosongkan sifat itu di Camunda Modeler.",
    ),
    "attribute_unknown": Row(
        _ELEMENT,
        "memuat sifat “{attribute}” = “{value}”, yang tidak dikenal Alur dan tidak berpengaruh.",
        "Kosongkan bila tidak diperlukan.",
    ),
    # flows and gateways
    "flow_loose": Row(
        _FLOW,
        "ujungnya (“{missing}”) tidak tersambung ke langkah mana pun.",
        "Sambungkan, atau hapus garisnya.",
    ),
    "flow_across": Row(
        _FLOW,
        "menembus batas subproses.",
        "Sambungkan langkah di dalam dengan yang di dalam, yang di luar dengan yang di luar.",
    ),
    "flow_handler": Row(
        _FLOW,
        "menyambung subproses kejadian, yang dimulai oleh kejadian awalnya saja.",
        "Hapus garis ini.",
    ),
    "flow_direction": Row(
        _FLOW,
        "masuk ke kejadian awal atau keluar dari kejadian akhir.",
        "Balikkan arahnya, atau hapus garisnya.",
    ),
    "start_count": Row(
        _PROCESS,
        "harus ada tepat satu kejadian awal, tetapi ada {count}.",
        "Tambahkan, atau sisakan satu.",
    ),
    "end_missing": Row(
        _PROCESS,
        "belum ada kejadian akhir, sehingga perkara tidak pernah selesai.",
        "Tambahkan kejadian akhir.",
    ),
    "start_leads_nowhere": Row(
        _START, "tidak menuju ke mana pun.", "Sambungkan ke langkah pertama."
    ),
    "dead_end": Row(
        _ELEMENT,
        "tidak menuju ke mana pun, sehingga perkara berhenti di situ.",
        "Sambungkan ke langkah berikut atau ke kejadian akhir.",
    ),
    "default_unknown": Row(
        _GATEWAY,
        "jalur bakunya (“{flow}”) bukan garis keluarnya sendiri.",
        "Pilih ulang jalur bakunya.",
    ),
    "condition_missing": Row(
        _FLOW,
        "keluar dari gerbang “{gateway}” tanpa syarat.",
        "Isi syaratnya, atau jadikan jalur baku.",
    ),
    "condition_on_default": Row(
        _FLOW, "jalur baku gerbang “{gateway}”, tetapi bersyarat.", "Hapus syaratnya."
    ),
    "condition_on_parallel": Row(
        _FLOW,
        "keluar dari gerbang paralel, yang menempuh semua garis, tetapi bersyarat.",
        "Hapus syaratnya, atau ganti gerbangnya.",
    ),
    "expression_invalid": Row(_FLOW, "syaratnya tidak dapat dibaca.", "{error}"),
    "unreachable": Row(
        _ELEMENT, "tidak dapat dicapai dari kejadian awal.", "Sambungkan, atau hapus."
    ),
    # lanes and people
    "lane_missing": Row(
        _STEP,
        "tidak berada di lajur mana pun, sehingga tidak jelas siapa yang mengerjakannya.",
        "Letakkan di sebuah lajur.",
    ),
    "start_lane_missing": Row(
        _START,
        "tidak berada di lajur mana pun, sehingga tidak jelas siapa yang memulai.",
        "Letakkan di sebuah lajur.",
    ),
    "lane_names_unknown": Row(
        _LANE,
        "menyebut elemen “{element}”, yang tidak ada.",
        "Geser elemen di lajur itu sedikit, lalu simpan ulang.",
    ),
    "lane_twice": Row(
        _LANE,
        "elemen “{element}” juga disebut oleh lajur lain.",
        "Geser elemen itu ke satu lajur, lalu simpan ulang.",
    ),
    "lane_kind_unknown": Row(
        _LANE,
        "sifat “jenis” berisi “{jenis}”; yang dikenal hanya eksternal dan internal.",
        "Isi dengan “eksternal” untuk pihak luar, atau hapus.",
    ),
    "recorder_missing": Row(
        _LANE,
        "lajur luar ini belum menyebut pencatatnya, padahal pihak luar tidak mempunyai akun.",
        "Isi “dicatat_oleh” dengan id lajur dalam yang mencatat langkah-langkahnya.",
    ),
    "recorder_of_internal": Row(
        _LANE,
        "lajur dalam ini menyebut pencatat “{recorder}”; yang dicatat lajur lain hanya pihak luar.",
        "Hapus “dicatat_oleh”, atau isi “jenis” dengan eksternal.",
    ),
    "recorder_wrong": Row(
        _LANE,
        "“dicatat_oleh” berisi “{recorder}”, yang bukan lajur dalam gambar ini atau lajur luar juga.",
        "Isi dengan id lajur yang mencatat.",
    ),
    "recorder_of_unknown": Row(
        _PROCESS,
        "“dicatat_oleh.{lane}” menyebut lajur yang tidak ada.",
        "Perbaiki id lajurnya, atau hapus.",
    ),
    "lane_unheld": Row(
        _LANE,
        "belum dipegang jabatan mana pun di kantor ini, sehingga tugasnya tidak sampai ke siapa pun.",
        "Beri lajur ini kepada sebuah jabatan di halaman Kantor; bila pihak luar, isi “jenis” dengan eksternal dan sebut pencatatnya.",
    ),
    "narrowing_invalid": Row(
        _STEP, "isian penerima atau tenggatnya tidak dapat dibaca.", "{error}"
    ),
    # forms, scripts, repetitions, calls
    "form_not_named": Row(
        _STEP,
        "belum menyebut formulirnya.",
        "Pilih “Camunda forms” dan isi “Form reference” di Camunda Modeler.",
    ),
    "form_not_there": Row(
        _STEP,
        "memakai formulir “{form}”, yang tidak disertakan atau tidak dapat dipakai.",
        "Sertakan berkas formulirnya.",
    ),
    "form_name_unknown": Row(
        _STEP,
        "memakai formulir “{form}”, yang rumusnya menyebut “{name}”; data itu tidak ada di proses ini, sehingga selalu kosong.",
        "Periksa tulisannya; biarkan bila data itu diberikan oleh proses yang memanggil.",
    ),
    "variable_misspelt": Row(
        _ELEMENT,
        "memakai data “{name}” pada “{text}”, padahal tidak ada yang mengisinya dalam proses ini.",
        "Maksud Anda “{near}”?",
    ),
    "variable_unprovided": Row(
        _ELEMENT,
        "memakai data “{name}” pada “{text}”, padahal tidak ada yang mengisinya dalam proses ini.",
        "Tambahkan isiannya; biarkan bila data itu diberikan oleh proses lain, pesan, atau sistem luar.",
    ),
    "script_language": Row(
        _STEP,
        "skripnya berbahasa “{language}”; Alur hanya menjalankan FEEL dan JUEL.",
        "Tulis ulang dalam FEEL.",
    ),
    "script_result_missing": Row(
        _STEP,
        "skripnya tidak menyebut data tempat hasilnya.",
        "Isi “Result variable” dengan nama data.",
    ),
    "script_invalid": Row(_STEP, "skripnya tidak dapat dibaca.", "{error}"),
    "repetition_place": Row(
        _ELEMENT,
        "tidak dapat diulang.",
        "Hapus pengulangannya; yang dapat diulang: langkah, subproses, dan panggilan proses.",
    ),
    "repetition_over_what": Row(
        _ELEMENT,
        "pengulangannya harus menyebut daftar atau jumlah, salah satu saja.",
        "Isi “Collection” atau “Loop cardinality”.",
    ),
    "repetition_invalid": Row(_ELEMENT, "pengulangannya tidak dapat dibaca.", "{error}"),
    "call_empty": Row(
        _STEP, "belum menyebut proses yang dipanggil.", "Isi “Called element” dengan id prosesnya."
    ),
    "call_unknown": Row(
        _STEP,
        "memanggil proses “{process}”, yang belum berlaku dan tidak disertakan.",
        "Sertakan berkasnya, atau berlakukan dahulu.",
    ),
    "mapping_incomplete": Row(
        _STEP, "data yang diteruskan belum lengkap.", "Isi asal dan tujuannya."
    ),
    "mapping_invalid": Row(_STEP, "data yang diteruskan tidak dapat dibaca.", "{error}"),
    "parameter_place": Row(
        _ELEMENT,
        "berisi “Inputs” atau “Outputs”, padahal tidak mempunyai data sendiri.",
        "Hapus; yang dapat memakainya: langkah, subproses, panggilan proses, dan peristiwa di tengah alur.",
    ),
    "parameter_at_end": Row(
        _ELEMENT,
        "berisi “Outputs”, padahal tidak ada lagi sesudahnya.",
        "Hapus “Outputs”-nya; “Inputs” boleh.",
    ),
    "parameter_name": Row(
        _ELEMENT,
        "“Inputs” atau “Outputs”-nya memuat nama data “{name}”, yang tidak dapat dipakai.",
        "Isi nama dengan huruf, angka, dan garis bawah.",
    ),
    "parameter_empty": Row(
        _ELEMENT,
        "data “{name}” pada “Inputs” atau “Outputs”-nya belum diisi, atau skripnya bukan FEEL.",
        "Isi dengan ekspresi, atau pilih “Script” dengan format feel.",
    ),
    "parameter_invalid": Row(
        _ELEMENT, "“Inputs” atau “Outputs”-nya tidak dapat dibaca.", "{error}"
    ),
    **{code: Row(*row) for code, row in DIALECT_ROWS.items()},
    **{code: Row(*row) for code, row in LETTER_ROWS.items()},
    **{code: Row(*row) for code, row in OFFICE_VALUE_ROWS.items()},
    **{code: Row(*row) for code, row in LINK_ROWS.items()},
    **{code: Row(*row) for code, row in OWNER_ROWS.items()},
    **{code: Row(*row) for code, row in CALL_ROWS.items()},
    **{code: Row(*row) for code, row in DRAWN_FORM_ROWS.items()},
    **{code: Row(*row) for code, row in REPEAT_ROWS.items()},
    **{code: Row(*row) for code, row in MESSAGE_ROWS.items()},
    **{code: Row(*row) for code, row in EVENT_ROWS.items()},
    **{code: Row(*row) for code, row in STRUCTURE_ROWS.items()},
    **{code: Row(*row) for code, row in SERVICE_ROWS.items()},
    **{code: Row(*row) for code, row in FILE_ROWS.items()},
    **{code: Row(*row) for code, row in DECISION_ROWS.items()},
    **{code: Row(*row) for code, row in TIMER_ROWS.items()},
    **{code: Row(*row) for code, row in CALENDAR_ROWS.items()},
}
"""One row a code."""

SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "ditolak",
    Severity.WARNING: "peringatan",
    Severity.MISSING: "kurang",
}
"""What a finding means, in a word: it refuses the file, warns, or keeps a map that is only drawn from running."""

TRIAL: Mapping[str, str] = {
    "step_budget": "Perjalanannya berputar lebih dari {steps} langkah tanpa berhenti pada tugas siapa pun.",
    "no_flow_matches": "Tidak ada garis keluar yang syaratnya terpenuhi selagi semua data masih kosong.",
    "nothing_can_go_on": "Perjalanannya macet: tidak ada lagi yang dapat dilanjutkan.",
    "loop_endless": "Sesudah {limit} kali, syarat untuk mengulang lagi masih benar.",
    "repetition_items": "Pengulangannya bukan atas daftar atau bilangan bulat sampai {limit}.",
    "nesting_too_deep": "Prosesnya memanggil proses lain lebih dari {limit} tingkat, atau memanggil dirinya sendiri.",
    "element_failed": "Elemen itu tidak dapat dijalankan.",
}
"""What a trial run came to; there is no case yet, so these are not the sentences of a running case."""


def words(finding: Finding) -> tuple[str, str]:
    """Say what was found, with the element's name and id, and why; and what to do. Raises KeyError for an unknown code."""
    place, what, fix = words_at(finding)
    return f"{place}: {what}" if place else what, fix


def words_at(finding: Finding) -> tuple[str, str, str]:
    """Say where something was found (empty for the file as a whole), what and why, and what to do. Raises KeyError for an unknown code."""
    row = SENTENCES[finding.code]
    what, fix = (_filled(_(text), finding.params) for text in row[1:])
    at_element = finding.element_id and row.at != _FILE
    return f"{_(row.at)} {_label(finding)}" if at_element else "", what, fix


def finding_sentence(finding: Finding) -> str:
    """Say what was found and what to do."""
    return " ".join(words(finding))


def finding_line(finding: Finding) -> str:
    """Say what was found with its place: file, line, and whether it refuses the file."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    verdict = _(SEVERITIES[finding.severity])
    return ": ".join(part for part in (place, verdict, finding_sentence(finding)) if part)


def verdict_lines(findings: Iterable[Finding]) -> list[str]:
    """Give a line for each finding, file by file and from the top of each file to its end; equal lines once."""
    in_order = sorted(findings, key=lambda f: (f.file, f.line, f.element_id, f.code))
    return list(dict.fromkeys(finding_line(finding) for finding in in_order))


def _label(finding: Finding) -> str:
    name, ident = finding.element_name, finding.element_id
    return f"“{name}” ({ident})" if name not in ("", ident) else f"“{ident}”"


def _filled(text: str, params: Mapping[str, object]) -> str:
    names = [name for _text, name, _spec, _conversion in Formatter().parse(text) if name]
    return text.format(**{name: _shown(name, params.get(name)) or "…" for name in names})


def _shown(name: str, value: object) -> str:
    if (of_decision := decision_words(name, value)) is not None:
        return of_decision
    if isinstance(value, ExpressionInvalid):
        return told(value)
    if isinstance(value, AlurError):
        return (
            _filled(_(TRIAL[value.code]), value.params) if value.code in TRIAL else explain(value)
        )
    if isinstance(value, FormProblem):
        return form_problem_text(value)
    said = _SAID.get(name, str)
    return "" if value is None else said(value)


_SAID: Mapping[str, Callable[[object], str]] = {
    "example": example_words,
    "kind": lambda kind: kind_words(str(kind)),
    "length": lambda length: span_words(str(length)),
}
"""How some params are worded, by name."""
