from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.config import InvalidSettings, Settings, read_settings
from web.words import explain

if TYPE_CHECKING:
    from pathlib import Path

OUTSIDE = "192.0.2.7"


def test_without_settings_the_defaults_hold() -> None:
    assert read_settings({"HOME": "/root"}) == Settings()


def test_settings_come_from_the_environment_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "alur.toml"
    file.write_text('port = 9000\nthreads = 3\ndemonstration = true\nhost = "localhost"\n')
    settings = read_settings({"ALUR_SETTINGS": str(file), "ALUR_PORT": "9001"})
    assert (settings.port, settings.threads, settings.demonstration) == (9001, 3, True)
    assert settings.address == "http://localhost:9001"


@pytest.mark.parametrize(
    ("environment", "code", "said"),
    [
        ({"ALUR_PROT": "8000"}, "setting_unknown", "ALUR_PROT"),
        ({"ALUR_PORT": "0"}, "setting_value", "1–65535"),
        ({"ALUR_PORT": "delapan"}, "setting_value", "delapan"),
        ({"ALUR_THREADS": "١"}, "setting_value", "ALUR_THREADS"),
        ({"ALUR_DEMONSTRATION": "mungkin"}, "setting_value", "1, 0"),
        ({"ALUR_BASE_URL": "alur.go.id"}, "setting_value", "https://"),
        ({"ALUR_BASE_URL": "https://alur.go.id/alur"}, "setting_value", "https://"),
        ({"ALUR_HOST": OUTSIDE}, "setting_insecure", OUTSIDE),
        ({"ALUR_BASE_URL": "http://alur.go.id"}, "setting_insecure", "alur.go.id"),
        ({"ALUR_HTTP_HOSTS": "http://oss.go.id"}, "setting_value", "http://oss.go.id"),
        ({"ALUR_HTTP_AUTHORIZATION": "oss.go.id=Bearer x"}, "setting_value", "berisi “…”"),
        ({"ALUR_SETTINGS": "/tidak/ada.toml"}, "settings_file", "/tidak/ada.toml"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(
    environment: dict[str, str], code: str, said: str
) -> None:
    with pytest.raises(InvalidSettings) as refusal:
        read_settings(environment)
    assert refusal.value.code == code
    assert said in explain(refusal.value)


def test_no_secret_is_repeated_where_its_setting_is_wrong() -> None:
    with pytest.raises(InvalidSettings) as refusal:
        read_settings({"ALUR_HTTP_AUTHORIZATION": "rahasia-sekali"})
    assert "rahasia" not in explain(refusal.value) + str(refusal.value)
    settings = read_settings(
        {"ALUR_HTTP_HOSTS": "oss.go.id", "ALUR_HTTP_AUTHORIZATION": "oss.go.id=Bearer rahasia"}
    )
    assert "rahasia" not in repr(settings)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "alur.toml"
    file.write_text("port: 9000")
    with pytest.raises(InvalidSettings):
        read_settings({"ALUR_SETTINGS": str(file)})


def test_plain_http_beyond_this_machine_needs_to_be_asked_for() -> None:
    asked = read_settings({"ALUR_HOST": OUTSIDE, "ALUR_INSECURE_HTTP": "1"})
    assert not asked.is_secure


def test_behind_a_proxy_with_https_any_address_may_be_listened_at() -> None:
    settings = read_settings({"ALUR_HOST": OUTSIDE, "ALUR_BASE_URL": "https://alur.go.id/"})
    assert settings.is_secure
    assert settings.address == "https://alur.go.id"
