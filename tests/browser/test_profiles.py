"""Two browsers on one server are two learners; each is known again after a reload."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tutor import upkeep

from .conftest import DESKTOP, PATIENCE, PHONE, Learner, Server, ask


@pytest.fixture
def other(chromium: Browser) -> Iterator[Learner]:
    """Somebody at another browser, which shares nothing with the first."""
    width, height = DESKTOP
    context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield Learner(page)
    context.close()


def new_tab(at: Learner) -> Learner:
    """The same browser on another day: what it stored is there, what the page knew is not."""
    page = at.page.context.new_page()
    page.set_default_timeout(PATIENCE)
    return Learner(page)


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_two_browsers_are_two_learners_and_stay_so(
    server: Server, at: Learner, other: Learner, practised: Path
) -> None:
    address = server.start().address
    at.open(address).sees("start-session")
    other.open(address)
    other.click("nav-settings")
    other.click("switch-learner")
    other.click("add-learner")
    other.write("Tomek", "new-name")
    other.click("save-learner")
    other.click("skip-all")
    other.sees("start-session")
    (first,), (second,) = ask(practised, "SELECT id FROM learner ORDER BY id")
    assert ask(practised, f"SELECT name FROM learner WHERE id = '{second}'") == [("Tomek",)]
    before = ask(practised, "SELECT count(*) FROM review")
    other.click("start-session")
    other.sees("know")
    other.click("know")
    at.click("track-audio")
    at.click("option-0")
    at.sees("verdict")
    added = f"SELECT learner, kind FROM review ORDER BY hlc DESC LIMIT {2}"
    assert set(ask(practised, added)) == {(first, "answer"), (second, "seed")}
    assert ask(practised, "SELECT count(*) FROM review") == [(int(str(before[0][0])) + 2,)]
    at.click("close-session")
    other.click("close-session")
    other.click("nav-settings")
    again = new_tab(other).open(address)
    again.sees("resume-session")
    again.click("nav-settings")
    again.reads("settings", "Tomek")
    again = new_tab(at).open(address)
    again.sees("resume-session")
    again.click("nav-settings")
    assert "Tomek" not in again.reads("settings", "Name")
    assert ask(practised, "SELECT count(DISTINCT learner) FROM session_state") == [(2,)]


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_behind_a_pin_nobody_gets_in_without_it(server: Server, at: Learner, practised: Path) -> None:
    address = server.start().address
    at.open(address)
    at.click("nav-settings")
    at.click("open-pin")
    at.write("2468", "pin-field")
    at.click("save-pin")
    at.reads("open-pin", "on")
    ((kept,),) = ask(practised, "SELECT settings ->> 'pin' FROM learner")
    assert str(kept).startswith("scrypt$")
    again = new_tab(at).open(address)
    again.write("1111", "pin-field")
    again.press("Enter")
    again.reads("who", "That is not the PIN")
    assert ask(practised, "SELECT wrong FROM pin_try") == [(1,)]
    again.write("2468", "pin-field")
    again.click("open-profile")
    again.sees("start-session")
    assert ask(practised, "SELECT wrong FROM pin_try") == []


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_backup_is_brought_back_and_everything_deleted_by_touch(
    server: Server, at: Learner, practised: Path
) -> None:
    saved = upkeep.back_up(practised)
    before = ask(practised, "SELECT id FROM review ORDER BY id")
    at.open(server.start().address)
    at.click("track-audio")
    at.click("option-0")
    at.sees("verdict")
    closed, at = at, new_tab(at).open(server.address)
    closed.page.close()
    at.click("nav-settings")
    at.click("open-backups")
    at.click(f"backup-{saved.path.name}")
    at.reads("restore-asked", "1 answer given since then")
    at.click("restore")
    at.reads("notice", "Everything is as it was then")
    assert ask(practised, "SELECT id FROM review ORDER BY id") == before
    at.click("nav-settings")
    at.click("open-delete")
    at.write("delete", "delete-word")
    at.click("delete-everything")
    at.reads("notice", "Everything was deleted")
    at.sees("welcome")
    assert ask(practised, "SELECT count(*) FROM review") == [(0,)]
    assert [one.reason for one in upkeep.backups(practised)] == [
        "before-deletion",
        "before-restore",
        "by-hand",
    ]
