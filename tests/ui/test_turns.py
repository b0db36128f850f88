"""Actions are done in order, once, and only while they still make sense."""

from __future__ import annotations

import asyncio

import pytest

from tutor.errors import DatabaseUnwritable, UsageError
from tutor.ui.turns import Turns


def turns() -> tuple[Turns, list[tuple[str, bool]]]:
    said: list[tuple[str, bool]] = []
    return Turns(lambda message, fault: said.append((message, fault))), said


def test_a_second_tap_on_the_same_button_does_nothing() -> None:
    async def story() -> int:
        queue, _said = turns()
        done = 0

        async def answer() -> None:
            nonlocal done
            await asyncio.sleep(0)
            done += 1
            queue.advance()

        press = queue.press("check", answer)
        await asyncio.gather(press.click(None), press.click(None), press.click(None))
        return done

    assert asyncio.run(story()) == 1


def test_the_click_that_enter_makes_of_a_focused_button_is_not_a_second_step() -> None:
    async def story() -> list[str]:
        queue, _said = turns()
        done: list[str] = []

        async def next_drill() -> None:
            done.append("next")
            queue.advance()

        press = queue.press("next", next_drill, default=True)
        queue.keyed()
        await asyncio.gather(queue.take(None, next_drill), press.click(None))
        assert queue.by_key
        return done

    assert asyncio.run(story()) == ["next"]


def test_a_key_that_is_held_down_goes_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> list[int]:
        now, done = 100.0, []
        monkeypatch.setattr("tutor.ui.turns.monotonic", lambda: now)
        queue, _said = turns()

        async def next_drill() -> None:
            done.append(queue.step)
            queue.advance()

        queue.keyed()
        queue.by_key = True
        await queue.take(None, next_drill)
        now += 0.5
        for _repeat in range(40):
            await queue.press("next", next_drill, default=True).click(None)
            now += 0.03
        held = len(done)
        now += 1.0
        await queue.press("next", next_drill, default=True).click(None)  # By the mouse.
        queue.by_key = True
        queue.keyed()
        await queue.press("next", next_drill, default=True).click(None)  # By a new press.
        return [held, len(done)]

    assert asyncio.run(story()) == [1, 3]


def test_actions_keep_their_order_however_long_each_takes() -> None:
    async def story() -> list[int]:
        queue, _said = turns()
        done: list[int] = []

        async def work(number: int, pauses: int) -> None:
            for _pause in range(pauses):
                await asyncio.sleep(0)
            done.append(number)

        await asyncio.gather(*(queue.take(None, work, number, 5 - number) for number in range(5)))
        return done

    assert asyncio.run(story()) == [0, 1, 2, 3, 4]


def test_what_goes_wrong_is_told_in_one_sentence_and_ends_nothing() -> None:
    async def story() -> list[tuple[str, bool]]:
        queue, said = turns()

        async def full() -> None:
            raise DatabaseUnwritable("The disk is full. Nothing is lost.")

        async def idle() -> None:
            raise UsageError("Nothing is due.")

        async def broken() -> None:
            raise ZeroDivisionError

        for action in (full, idle, broken):
            await queue.take(None, action)
        return said

    said = asyncio.run(story())
    assert said[0] == ("The disk is full. Nothing is lost.", True)
    assert said[1] == ("Nothing is due.", False)
    assert said[2][1]
    assert "lost" in said[2][0]


def test_a_focus_is_forgotten_with_its_step_but_for_buttons_that_stay() -> None:
    async def nothing() -> None:
        pass

    queue, _said = turns()
    queue.press("hint", nothing).focus(None)
    assert queue.focused == "hint"
    queue.advance()
    assert queue.focused == ""
    stays = queue.press("close-session", nothing)
    stays.focus(None)
    queue.advance()
    assert queue.focused == "close-session"
    stays.blur(None)
    assert queue.focused == ""


def test_what_was_told_of_a_step_is_gone_with_it() -> None:
    async def story() -> list[tuple[str, bool]]:
        queue, said = turns()

        async def idle() -> None:
            raise UsageError("Nothing is due.")

        await queue.take(None, idle)
        queue.advance()
        queue.advance()
        return said

    assert asyncio.run(story()) == [("Nothing is due.", False), ("", False)]


def test_a_button_that_was_pointed_at_does_not_take_enter_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> list[str]:
        now = 100.0
        monkeypatch.setattr("tutor.ui.turns.monotonic", lambda: now)
        queue, _said = turns()

        async def nothing() -> None:
            pass

        rule = queue.press("show-rule", nothing)
        focused = []
        await rule.click(None)
        rule.focus(None)
        focused.append(queue.focused)
        now += 5
        rule.focus(None)  # Reached by Tab.
        focused.append(queue.focused)
        queue.keyed()
        await rule.click(None)
        focused.append(queue.focused)
        return focused

    assert asyncio.run(story()) == ["", "show-rule", "show-rule"]
