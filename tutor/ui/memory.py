"""What a browser, or the app on a device, remembers by itself: who learns on it."""

from __future__ import annotations

import asyncio
import logging

import flet as ft

log = logging.getLogger("tutor.ui")

_KEY = "patient-tutor.learner"
_ANSWERS_WITHIN = 3.0
"""Seconds that a browser may take; then it remembers nobody."""


class Memory:
    """Remembers as long as the page is open."""

    def __init__(self) -> None:
        self._learner = ""

    async def recall(self) -> str:
        """The id of who learned here last; empty for nobody."""
        return self._learner

    async def keep(self, learner: str) -> None:
        """Remember who learns here."""
        self._learner = learner


class BrowserMemory(Memory):
    """Remembers in the browser's own storage, so that a reload, or another day, finds the same learner."""

    def __init__(self, page: ft.Page) -> None:
        super().__init__()
        self._storage = ft.SharedPreferences()
        page.services.append(self._storage)

    async def recall(self) -> str:
        try:
            kept = await asyncio.wait_for(self._storage.get(_KEY), _ANSWERS_WITHIN)
        except Exception as error:  # noqa: BLE001 - the browser says what it likes where it keeps nothing
            log.info("the browser does not tell who learned here: %s", error)
            return await super().recall()
        return str(kept or "")

    async def keep(self, learner: str) -> None:
        await super().keep(learner)
        try:
            await asyncio.wait_for(self._storage.set(_KEY, learner), _ANSWERS_WITHIN)
        except Exception as error:  # noqa: BLE001 - as above; the page itself remembers
            log.info("the browser does not keep who learns here: %s", error)
