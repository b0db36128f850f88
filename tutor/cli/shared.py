"""What every command needs: where the words are, the settings in force, and how it tells what it found."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.config import Config, data_folder
from tutor.config import load as load_config
from tutor.folder import make_folder
from tutor.i18n import _
from tutor.long_work import Progress, Told, untold

if TYPE_CHECKING:
    from tutor.practice import Tutor

_STEPS = 1000
"""Of a bar."""

Data = Annotated[
    Path | None, typer.Option("--data", help=_("The folder with your words."), show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]

Who = Annotated[
    str, typer.Option("--learner", help=_("Who, by name; whoever usually learns here if left out."))
]

_LOG_BYTES, _LOG_FILES = 512 * 1024, 3


def prepared(data: Path | None, *, create: bool = False) -> tuple[Path, Config]:
    """The data folder and the settings in force, with logging begun where there is a folder."""
    folder = data_folder(data)
    config = load_config(folder)
    if create:
        make_folder(folder)
    root = logging.getLogger("tutor")
    root.setLevel(config.log_level)
    if folder.is_dir() and len(root.handlers) == 1:
        try:
            (folder / "logs").mkdir(exist_ok=True)
            handler = RotatingFileHandler(
                folder / "logs" / "tutor.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
            )
        except OSError as error:
            # A folder that cannot be written is told by whoever needs to write the words themselves.
            root.info("no log file: %s", error)
        else:
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
            root.addHandler(handler)
    return folder, config


def with_words(data: Path | None) -> tuple[Path, Config]:
    """As `prepared`, for a command that only looks: a folder that was named must hold words."""
    folder, config = prepared(data)
    if data is not None:
        from tutor import upkeep

        upkeep.existing(folder)
    return folder, config


def open_for(folder: Path, config: Config, learner: str) -> Tutor:
    """The folder, open for a learner of this name; for whoever usually learns here where it is empty."""
    from tutor import learners
    from tutor.practice import Tutor

    opened = Tutor.open(folder, timezone=config.timezone, encoder=config.encoder)
    if not learner:
        return opened
    try:
        return opened.serving(learners.named(opened, learner).id)
    except BaseException:
        opened.close()
        raise


def tell(record: object, text: str, as_json: bool) -> None:
    print(json.dumps(record, ensure_ascii=False, default=str) if as_json else text)  # noqa: T201


@contextmanager
def watched(label: str, as_json: bool) -> Iterator[Told]:
    """A bar beside the answer, for a person who watches."""
    if as_json or not sys.stderr.isatty():
        yield untold
        return
    with typer.progressbar(length=_STEPS, label=label, file=sys.stderr) as bar:

        def told(progress: Progress) -> None:
            bar.update(int(progress.share * _STEPS) - bar.pos)

        yield told
