"""Where a learner's folder is, and how the program is set.

Defaults, then a TOML file in the folder, then `TUTOR_*` variables.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from tutor.errors import ConfigError
from tutor.i18n import _

DATABASE = "tutor.db"
CONFIG = "config.toml"
AUDIO = "audio"
RECORDINGS = "recordings"
VECTORS = "vectors.bin"
WORD_MAP = "map.bin"


@dataclass(frozen=True, slots=True)
class Config:
    """How the program is set on this device."""

    host: str = "127.0.0.1"
    """Where the web server listens; the loopback unless told otherwise."""
    port: int = 8550
    session_limit: int = 20
    """Cards in a session."""
    timezone: str = ""
    """The zone of a new learner; the machine's own where empty."""
    log_level: str = "INFO"
    encoder: str = ""
    """What tells words of like meaning: a sentence-transformers model by name or folder; the one that comes
    with the app where empty."""

    def __post_init__(self) -> None:
        if not self.host.strip():
            raise ConfigError(_("The host must be an address such as 127.0.0.1."))
        if not 0 <= self.port <= 65535:
            raise ConfigError(_("The port must be from 0 to 65535, not {port}.").format(port=self.port))
        if not 1 <= self.session_limit <= 1000:
            raise ConfigError(
                _("A session holds 1 to 1000 cards, not {count}.").format(count=self.session_limit)
            )
        if self.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ConfigError(
                _("The log level is DEBUG, INFO, WARNING or ERROR, not {level}.").format(level=self.log_level)
            )


def data_folder(chosen: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The learner's folder: as chosen, `TUTOR_DATA`, Flet's own on phones, else the platform's."""
    for name in ("TUTOR_DATA", "FLET_APP_STORAGE_DATA"):
        if chosen is None and environment.get(name):
            chosen = Path(environment[name])
    if chosen is not None:
        return chosen.expanduser()
    # Only here, so that the base of the program stays with the standard library.
    from platformdirs import user_data_path

    return user_data_path("patient-tutor", appauthor=False)


def load(folder: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """The settings in force. Raises ConfigError that names the file or variable and what it should be."""
    config = Config()
    names = [field.name for field in fields(Config)]
    path = folder / CONFIG
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        values = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            _("The settings in {path} cannot be read: {why}.").format(path=path, why=error)
        ) from error
    if values:
        unknown = values.keys() - set(names)
        if unknown:
            raise ConfigError(
                _("{path} sets {name!r}, which is not a setting; there are {known}.").format(
                    path=path, name=min(unknown), known=", ".join(names)
                )
            )
        for name, value in values.items():
            config = _set(config, name, value, f"{path}: {name}")
    for name in names:
        variable = f"TUTOR_{name.upper()}"
        if variable in environment:
            config = _set(config, name, environment[variable], variable)
    return config


def _set(config: Config, name: str, value: Any, where: str) -> Config:
    """`config` with one setting changed. Raises ConfigError that begins with `where`."""
    kind = type(getattr(config, name))
    wanted = _("a whole number") if kind is int else _("text in quotes")
    if kind is int and isinstance(value, str) and value.strip().removeprefix("-").isdecimal():
        value = int(value)
    if type(value) is not kind:
        raise ConfigError(
            _("{where} cannot be {value!r}. It is {wanted}.").format(where=where, value=value, wanted=wanted)
        )
    try:
        return replace(config, **{name: value})
    except ConfigError as error:
        raise ConfigError(
            _("{where} cannot be {value!r}. {why}").format(where=where, value=value, why=error.message)
        ) from error
