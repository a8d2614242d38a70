"""Maps with forms in the drawing itself, for the rules of the gate: in order, and one for each thing that can be wrong."""

from __future__ import annotations

from engine_maps import drawn

_LINE = "start mulai\nend selesai\nmulai -> kerja\nkerja -> selesai\n"

FIELDS = """
<camunda:formField id="nama" label="Nama" type="string" defaultValue="Ani">
  <camunda:properties><camunda:property id="pribadi" value="ya"/></camunda:properties>
  <camunda:validation>
    <camunda:constraint name="required" config="true"/>
    <camunda:constraint name="minlength" config="3"/>
    <camunda:constraint name="maxlength" config="40"/>
  </camunda:validation>
</camunda:formField>
<camunda:formField id="jumlah" label="Jumlah" type="long" defaultValue="2">
  <camunda:validation>
    <camunda:constraint name="min" config="1"/>
    <camunda:constraint name="max" config="9"/>
  </camunda:validation>
</camunda:formField>
<camunda:formField id="sah" label="Sah" type="boolean" defaultValue="true"/>
<camunda:formField id="tanggal" label="Tanggal" type="date" defaultValue="05/12/2026"/>
<camunda:formField id="jenis" type="enum">
  <camunda:value id="a" name="Jenis A"/>
  <camunda:value id="b" name="Jenis B"/>
</camunda:formField>
<camunda:formField id="asal" label="Asal" type="string">
  <camunda:validation><camunda:constraint name="readonly"/></camunda:validation>
</camunda:formField>
"""


def carrying(fields: str = FIELDS, lines: str = "user kerja\n" + _LINE) -> bytes:
    """Give a process whose step has these fields in the drawing."""
    data = f"<camunda:formData>{fields}</camunda:formData>"
    extensions = f"<bpmn:extensionElements>{data}</bpmn:extensionElements>".encode()
    element = b'<bpmn:userTask id="kerja"'
    source = drawn(lines).replace(element + b"/>", element + b"></bpmn:userTask>")
    return source.replace(element + b">", element + b">" + extensions)


def _field(attributes: str, inner: str = "") -> bytes:
    return carrying(f"<camunda:formField {attributes}>{inner}</camunda:formField>")


def _rule(name: str, config: str) -> str:
    rule = f'<camunda:constraint name="{name}" config="{config}"/>'
    return f"<camunda:validation>{rule}</camunda:validation>"


DRAWN_FORMS = carrying()
DRAWN_FORMS_WRONG = {
    "form_key_elsewhere": drawn("user kerja formKey=embedded:app:x.html\n" + _LINE),
    "drawn_field_name": _field('id="nama lengkap" type="string"'),
    "drawn_field_twice": carrying(2 * '<camunda:formField id="a" type="string"/>'),
    "drawn_field_type": _field('id="a" type="uang"'),
    "drawn_field_rule": _field('id="a" type="string"', _rule("validator", "org.x.Y")),
    "drawn_field_options": _field('id="a" type="enum"'),
    "drawn_field_pattern": _field('id="a" type="date" datePattern="dd/MM/yyyy HH:mm"'),
    "drawn_field_default": _field('id="a" type="long" defaultValue="${jumlah}"'),
    "drawn_field_property": _field(
        'id="a" type="string"',
        '<camunda:properties><camunda:property id="warna" value="merah"/></camunda:properties>',
    ),
}
FORM_AT_START = drawn("manual kerja\n" + _LINE.replace("start mulai", "start mulai formRef=isi"))
