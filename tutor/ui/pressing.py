"""What a key does on the screen that is shown."""

from __future__ import annotations

from tutor.drills.drill import Ask
from tutor.memory.review import Rating
from tutor.ui.aside import Open
from tutor.ui.browsing import Browsing
from tutor.ui.charting import Charting
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.keys import PRESSING, Does, Key, meaning
from tutor.ui.learning_path import LearningPath
from tutor.ui.picking import Picking
from tutor.ui.place import Place
from tutor.ui.state import AppState, Screen
from tutor.ui.talking import Talking
from tutor.ui.telling_apart import Hearing, TellingApart
from tutor.ui.welcoming import Welcoming


async def press_key(state: AppState, key: Key) -> None:
    """Do what a key means here and now."""
    state.turns.keyed(presses=key.name in PRESSING)
    if key.name == "Tab" or not state.turns.typing:
        state.show_focus(True)
    found = meaning(key, typing=state.turns.typing, focused=bool(state.turns.focused))
    if found is None:
        return
    does, which = found
    if does is Does.HELP or state.keys_shown:
        # As long as they lie over the screen, other keys do nothing that cannot be seen.
        if does in (Does.HELP, Does.LEAVE, Does.DEFAULT):
            await state.show_keys(does is Does.HELP and not state.keys_shown)
    else:
        await _here(state, does, which)


async def _here(state: AppState, does: Does, which: int) -> None:
    """What a key does on the screen that is shown."""
    if state.screen is Screen.PLACE:
        await _in_place(state, does, which)
    elif state.screen is Screen.PICKING:
        if does is Does.LEAVE and isinstance(state.content, Picking):
            await state.content.back()
    elif state.screen is Screen.REFUSED:
        if does is Does.DEFAULT:
            await state.open()
    elif state.screen in (Screen.RESTING, Screen.REMEMBERING, Screen.MAP):
        if does is Does.LEAVE:
            await _leave(state)
    elif isinstance(state.content, Welcoming):
        await _in_welcome(state.content, does, which)
    elif state.talking:
        await _in_talk(state, state.talking, does)
    elif state.drilling:
        await _in_session(state, state.drilling, does, which)


async def _leave(state: AppState) -> None:
    """Out of what is open on a screen, or out of the screen."""
    if state.resting and state.resting.way:
        await state.resting.put_away()
    elif isinstance(state.content, Charting) and not state.content.at_rest:
        await state.content.close()
    else:
        await state.leave()


async def _in_welcome(welcoming: Welcoming, does: Does, which: int) -> None:
    if does is Does.LEAVE:
        await welcoming.back()
    elif does is Does.DEFAULT:
        await welcoming.default()
    elif does is Does.PICK:
        await welcoming.pick(which)


async def _in_place(state: AppState, does: Does, which: int) -> None:
    """Escape goes back a step; Enter begins what the place offers."""
    content = state.content
    if state.place is Place.TODAY:
        if does is Does.DEFAULT and state.today and state.today.has_something:
            await state.begin(state.today)
    elif does is Does.LEAVE:
        if isinstance(content, Browsing | LearningPath) and not content.at_rest:
            await content.close()
        elif isinstance(content, TellingApart) and content.hearing:
            await content.enough()
        else:
            await state.go(Place.TODAY)
    elif isinstance(content, TellingApart) and content.hearing:
        await _while_hearing(content, content.hearing, does, which)
    elif does is Does.DEFAULT and isinstance(content, LearningPath) and content.page:
        await state.go_on(content.page.standing)
    elif does is Does.DEFAULT and isinstance(content, LearningPath) and content.alphabet:
        await content.turn()


async def _while_hearing(path: TellingApart, hearing: Hearing, does: Does, which: int) -> None:
    """Digits choose which word was heard, R says it again, Enter goes on to the next."""
    if does is Does.PICK:
        await path.pick(which)
    elif does is Does.REPLAY:
        await path.say(hearing.heard.said)
    elif does is Does.DEFAULT and hearing.chosen:
        await path.hear(hearing.heard.note)


async def _in_talk(state: AppState, talking: Talking, does: Does) -> None:
    if does is Does.LEAVE:
        await state.leave()
    elif does in (Does.REPLAY, Does.SLOWER):
        await talking.replay(does is Does.SLOWER)
    elif does is Does.DEFAULT and talking.over:
        await state.after_talk(talking)
    elif does is Does.DEFAULT and talking.aloud.busy:
        await talking.aloud.press()


async def _beside(drilling: Drilling, does: Does) -> bool:
    """What a key does in a break, or to what is open beside the drill; whether it does anything there."""
    aside = drilling.aside
    if drilling.focusing.resting and does is not Does.LEAVE:
        if does is Does.DEFAULT:
            await drilling.end_break()
        return True
    if does is Does.MENU or (does is Does.LEAVE and aside.open):
        await (aside.menu() if does is Does.MENU else aside.close())
        return True
    return aside.open in (Open.MENU, Open.FAULT)


async def _in_session(state: AppState, drilling: Drilling, does: Does, which: int) -> None:
    drill = drilling.drill
    if await _beside(drilling, does):
        return
    if does is Does.LEAVE:
        await state.leave()
    elif does is Does.UNDO and drilling.can_undo:
        await drilling.undo()
    elif does is Does.TRY_AGAIN:
        await drilling.try_again()
    elif does in (Does.REPLAY, Does.SLOWER):
        await drilling.replay(does is Does.SLOWER)
    elif does is Does.PICK and drill:
        if drilling.phase is Phase.REVEALED and which in drilling.previews:
            await drilling.rate(Rating(which))
        elif drilling.phase is Phase.ASK and which <= len(drill.options):
            await drilling.choose(drill.options[which - 1])
        elif drilling.phase is Phase.ASK and which <= len(drill.pieces):
            await drilling.place(which - 1)
    elif does is Does.BACK and drilling.phase is Phase.ASK and drilling.placed:
        await drilling.take_back(drilling.placed[-1])
    elif does is Does.DEFAULT:
        await _default(state, drilling)


async def _default(state: AppState, drilling: Drilling) -> None:
    """The one thing to do: go on, or turn the card over."""
    if drilling.phase is Phase.OVER:
        await state.leave()
    elif drilling.phase is Phase.ANSWERED:
        await drilling.next()
    elif drilling.drill and drilling.phase is Phase.ASK:
        if drilling.drill.meeting:
            await drilling.acknowledge()
        elif drilling.previews:
            await drilling.reveal()
        elif drilling.placed:
            await drilling.built()
        elif drilling.drill.ask is Ask.SPEAK:
            await drilling.speak()
