"""One map as Camunda Modeler writes it for Camunda 7 and for Camunda 8, with a bit of everything."""

from __future__ import annotations

import json
from string import Template
from typing import TYPE_CHECKING

from engine_maps import form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHEET = Template("""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    xmlns:modeler="http://camunda.org/schema/modeler/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" $platform>
  <bpmn:process id="izin" name="Izin usaha" isExecutable="true" $process_said>
    $process_holds
    <bpmn:laneSet id="lajur"><bpmn:lane id="petugas" name="Petugas">
      <bpmn:flowNodeRef>mulai</bpmn:flowNodeRef><bpmn:flowNodeRef>isi</bpmn:flowNodeRef>
      <bpmn:flowNodeRef>hitung</bpmn:flowNodeRef><bpmn:flowNodeRef>pilih</bpmn:flowNodeRef>
      <bpmn:flowNodeRef>oss</bpmn:flowNodeRef><bpmn:flowNodeRef>periksa</bpmn:flowNodeRef>
      <bpmn:flowNodeRef>lewat</bpmn:flowNodeRef><bpmn:flowNodeRef>jawaban</bpmn:flowNodeRef>
      <bpmn:flowNodeRef>kabari</bpmn:flowNodeRef><bpmn:flowNodeRef>selesai</bpmn:flowNodeRef>
    </bpmn:lane></bpmn:laneSet>
    <bpmn:startEvent id="mulai"/>
    <bpmn:userTask id="isi" name="Isi permohonan" $isi_said>$isi_holds</bpmn:userTask>
    <bpmn:scriptTask id="hitung" name="Hitung" $hitung_said>$hitung_holds</bpmn:scriptTask>
    <bpmn:exclusiveGateway id="pilih" default="ringan"/>
    <bpmn:serviceTask id="oss" name="Daftarkan di OSS" $oss_said>$oss_holds</bpmn:serviceTask>
    <bpmn:userTask id="periksa" name="Periksa" $periksa_said>$periksa_holds</bpmn:userTask>
    <bpmn:boundaryEvent id="lewat" attachedToRef="periksa">
      <bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:intermediateCatchEvent id="jawaban" name="Jawaban">$jawaban_holds
      <bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateCatchEvent>
    <bpmn:endEvent id="kabari" name="Kabari pemohon">$kabari_holds</bpmn:endEvent>
    <bpmn:endEvent id="selesai"/>
    <bpmn:sequenceFlow id="a" sourceRef="mulai" targetRef="isi"/>
    <bpmn:sequenceFlow id="b" sourceRef="isi" targetRef="hitung"/>
    <bpmn:sequenceFlow id="c" sourceRef="hitung" targetRef="pilih"/>
    <bpmn:sequenceFlow id="berat" sourceRef="pilih" targetRef="oss">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">$condition</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="ringan" sourceRef="pilih" targetRef="periksa"/>
    <bpmn:sequenceFlow id="d" sourceRef="oss" targetRef="periksa"/>
    <bpmn:sequenceFlow id="e" sourceRef="periksa" targetRef="jawaban"/>
    <bpmn:sequenceFlow id="f" sourceRef="jawaban" targetRef="kabari"/>
    <bpmn:sequenceFlow id="g" sourceRef="lewat" targetRef="selesai"/>
  </bpmn:process>
  <bpmn:message id="M" name="jawaban_oss">$message_holds</bpmn:message>
</bpmn:definitions>""")

_LOOP = "<bpmn:multiInstanceLoopCharacteristics{}{}>{}</bpmn:multiInstanceLoopCharacteristics>"


def _ext(inner: str) -> str:
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


_SEVEN = {
    "platform": 'modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.24.0"',
    "process_said": 'camunda:versionTag="v1"',
    "process_holds": "",
    "isi_said": 'camunda:formRef="izin.UserTaskForm_1" camunda:formRefBinding="latest" camunda:dueDate="2027-01-01"',
    "isi_holds": "",
    "hitung_said": 'scriptFormat="feel" camunda:resultVariable="total"',
    "hitung_holds": "<bpmn:script>number(jumlah) * 2</bpmn:script>",
    "oss_said": 'camunda:type="external" camunda:topic="oss"',
    "oss_holds": _ext(
        '<camunda:properties><camunda:property name="hasil.isian" value="nib"/></camunda:properties>'
    ),
    "condition": "${total &gt; 10}",
    "periksa_said": 'camunda:formRef="periksa" camunda:candidateGroups="${bidang}"',
    "periksa_holds": _LOOP.format(
        ' camunda:collection="${daftar}"', ' camunda:elementVariable="bidang"', ""
    ),
    "jawaban_holds": _ext(
        '<camunda:properties><camunda:property name="pesan.kunci" value="${nomor}"/></camunda:properties>'
    ),
    "kabari_holds": '<bpmn:messageEventDefinition camunda:type="external" camunda:topic="kabari"/>',
    "message_holds": "",
}


def _eight(form: str) -> dict[str, str]:
    return {
        "platform": 'modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0"',
        "process_said": "",
        "process_holds": _ext(
            f'<zeebe:userTaskForm id="UserTaskForm_1">{form}</zeebe:userTaskForm><zeebe:versionTag value="v1"/>'
        ),
        "isi_said": "",
        "isi_holds": _ext(
            '<zeebe:userTask/><zeebe:formDefinition formKey="camunda-forms:bpmn:UserTaskForm_1"/>'
            '<zeebe:taskSchedule dueDate="2027-01-01"/>'
        ),
        "hitung_said": "",
        "hitung_holds": _ext(
            '<zeebe:script expression="=number(jumlah) * 2" resultVariable="total"/>'
        ),
        "oss_said": "",
        "oss_holds": _ext(
            '<zeebe:taskDefinition type="oss"/>'
            '<zeebe:properties><zeebe:property name="hasil.isian" value="nib"/></zeebe:properties>'
        ),
        "condition": "=total &gt; 10",
        "periksa_said": "",
        "periksa_holds": _ext(
            '<zeebe:userTask/><zeebe:formDefinition formId="periksa" bindingType="deployment"/>'
            '<zeebe:assignmentDefinition candidateGroups="=bidang"/>'
        )
        + _LOOP.format(
            "",
            "",
            _ext('<zeebe:loopCharacteristics inputCollection="=daftar" inputElement="bidang"/>'),
        ),
        "jawaban_holds": "",
        "kabari_holds": _ext('<zeebe:taskDefinition type="kabari"/>')
        + "<bpmn:messageEventDefinition/>",
        "message_holds": _ext('<zeebe:subscription correlationKey="=nomor"/>'),
    }


FORM = form_of("isian", "nomor", "jumlah", "daftar")
FORMS: Mapping[str, bytes] = {"izin.UserTaskForm_1": FORM, "periksa": form_of("periksa", "catatan")}
"""The forms by the id that a definition keeps them under."""

OF_SEVEN = _SHEET.substitute(_SEVEN).encode()
OF_EIGHT = _SHEET.substitute(_eight(json.dumps(json.loads(FORM)))).encode()
