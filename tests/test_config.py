"""How the program is set: defaults, then a file, then variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.config import CONFIG, Config, data_folder, load
from tutor.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / CONFIG).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_and_variables_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path, {}) == Config()
    assert load(tmp_path / "not there", {}) == Config()


def test_nobody_else_on_the_network_is_let_in_by_default() -> None:
    assert Config().host == "127.0.0.1"


def test_a_file_in_the_folder_comes_before_the_defaults(tmp_path: Path) -> None:
    found = load(write(tmp_path, 'port = 9000\ntimezone = "Europe/Warsaw"\n'), {})
    assert found == Config(port=9000, timezone="Europe/Warsaw")


def test_an_encoder_is_chosen_by_name_or_folder_and_none_is_by_default(tmp_path: Path) -> None:
    assert load(tmp_path, {}).encoder == ""
    write(tmp_path, 'encoder = "all-MiniLM-L6-v2"')
    assert load(tmp_path, {}).encoder == "all-MiniLM-L6-v2"
    assert load(tmp_path, {"TUTOR_ENCODER": "/models/minilm"}).encoder == "/models/minilm"


def test_variables_come_before_the_file_and_others_are_nobodys_business(tmp_path: Path) -> None:
    write(tmp_path, "port = 9000\nsession_limit = 30\n")
    environment = {"TUTOR_PORT": "9001", "TUTOR_LOG_LEVEL": "DEBUG", "TUTOR_DATA": "/x", "PORT": "1"}
    assert load(tmp_path, environment) == Config(port=9001, session_limit=30, log_level="DEBUG")


BAD = [
    ("port", '"soon"'), ("port", "99999"), ("port", "-1"), ("port", "true"), ("port", "80.5"),
    ("session_limit", "0"), ("session_limit", "1001"), ("session_limit", "3.5"), ("session_limit", "[20]"),
    ("log_level", '"LOUD"'), ("encoder", "1"), ("host", '["0.0.0.0"]'), ("timezone", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_in_the_file_is_named_with_its_file(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, f"{name} = {value}\n"), {})
    assert str(tmp_path / CONFIG) in caught.value.message
    assert name in caught.value.message
    assert value.strip('"[]').lower() in caught.value.message.lower()


@pytest.mark.parametrize(("name", "value"), [("port", "soon"), ("port", "99999"), ("session_limit", "0"),
                                             ("session_limit", "3.5"), ("log_level", "LOUD")])  # fmt: skip
def test_a_bad_value_in_a_variable_is_named_with_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, {f"TUTOR_{name.upper()}": value})
    assert f"TUTOR_{name.upper()}" in caught.value.message
    assert value in caught.value.message


def test_a_setting_that_there_is_not_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="sesion_limit") as caught:
        load(write(tmp_path, "sesion_limit = 5\n"), {})
    assert "session_limit" in caught.value.message
    assert str(tmp_path / CONFIG) in caught.value.message


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe", b"port = 1\nport = 2\n"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CONFIG).write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, {})
    assert str(tmp_path / CONFIG) in caught.value.message


def test_the_folder_is_the_one_chosen_then_the_variables_then_the_platforms() -> None:
    ours, flets = {"TUTOR_DATA": "/ours"}, {"FLET_APP_STORAGE_DATA": "/flets"}
    assert data_folder(Path("/chosen"), ours | flets) == Path("/chosen")
    assert data_folder(None, flets | ours) == Path("/ours")
    assert data_folder(None, flets) == Path("/flets")
    assert data_folder(None, {"TUTOR_DATA": ""}).name == "patient-tutor"
    assert data_folder(Path("~/x"), {}) == Path.home() / "x"
