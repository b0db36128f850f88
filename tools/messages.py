"""Brings the catalogues up to date: every message of the code goes into each, and each is compiled.

    python -m tools.messages

A message that is new has no translation yet, and one that only looks like an older one is marked fuzzy; both
stand in `assets/locale/<language>/LC_MESSAGES/tutor.po` for people to write. `tests/test_catalogues.py` fails
until they have.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tutor.i18n import DOMAIN, LOCALES

HOME = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "later": None, "plural": (1, 2), "meant": ((1, "c"), 2)}


def messages() -> Catalog:
    """Every message of the code, with where it stands."""
    found = Catalog(project="Patient Tutor", fuzzy=False)
    for file, line, message, comments, context in extract_from_dir(
        HOME / "tutor", [("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, locations=[(f"tutor/{Path(file).as_posix()}", line)], auto_comments=comments,
                  context=context)  # fmt: skip
    return found


def catalogue(folder: Path) -> Catalog:
    """A language's translations."""
    with (folder / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=folder.parent.name, domain=DOMAIN)


def unwritten(translated: Catalog) -> list[str]:
    """The messages that people have still to write, or to look at again."""
    return [
        str(message.id)
        for message in translated
        if message.id
        and (message.fuzzy or not all(message.string if message.pluralizable else [message.string]))
    ]


def main() -> None:
    """Update and compile every catalogue there is."""
    template = messages()
    for path in sorted(LOCALES.glob("*/LC_MESSAGES")):
        translated = catalogue(path)
        made = translated.creation_date
        translated.update(template)
        # A new date alone is no change.
        translated.creation_date = made
        translated.obsolete.clear()
        with (path / f"{DOMAIN}.po").open("wb") as file:
            write_po(file, translated, width=110, sort_output=True, no_location=True, omit_header=False)
        with (path / f"{DOMAIN}.mo").open("wb") as file:
            write_mo(file, translated)
        missing = len(unwritten(translated))
        print(f"{path.parent.name}: {len(translated)} messages, {missing} to be written")  # noqa: T201


if __name__ == "__main__":
    main()
