"""What the page's accessibility tree tells of its layout: where everything stands, and what is wrong there.

Flet draws on a canvas, so that nothing can be asked of the page but this tree; its boxes are those of what is
drawn, cut off where a scrolling area ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

from .conftest import Learner

HIT = 48
NARROWER = re.compile(r"^letter-\d$")
"""The Polish letters, nine in a row: the one exception to targets of 48 that are buttons of their own."""

INLINE = re.compile(r".*-word-\d+")
"""Words of a sentence that can be tapped: as large as the text, as links are (WCAG 2.5.8, inline)."""

SIDEWAYS = "filter-all"
"""What stands in the one row that scrolls to the side: the filters of the Library."""

_SLACK = 0.6
"""Pixels by which rounding may move an edge."""

_BOXES = """() => {
  const host = document.querySelector('flt-semantics-host');
  const scrolls = e => e.querySelector(':scope > flt-semantics-scroll-overflow');
  const down = e => scrolls(e).getBoundingClientRect().height > 1;
  const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const around = e => e.parentElement.closest('flt-semantics:has(> flt-semantics-scroll-overflow)');
  const found = [];
  for (const e of host.querySelectorAll('[id^=flt-semantic-node]')) {
    const named = e.closest('[flt-semantics-identifier]');
    const area = around(e), outer = area && around(area);
    const button = e.getAttribute('role') === 'button';
    const leaf = !e.querySelector('[id^=flt-semantic-node]');
    if (!leaf && !button && !scrolls(e)) continue;
    // What is written on a button is a part of it.
    if (!button && e.parentElement.closest('[role=button]')) continue;
    // What says nothing is no text: a picture, or what is left where something else speaks for it.
    if (!button && !scrolls(e) && !(e.getAttribute('aria-label') || e.textContent)) continue;
    if (scrolls(e)) {
      found.push({kind: down(e) ? 'area' : 'row', box: box(e), area: null, outer: null, in_row: false,
                  name: '', said: '', holds: [...e.querySelectorAll('[flt-semantics-identifier]')].map(
                    n => n.getAttribute('flt-semantics-identifier'))});
    } else {
      found.push({kind: button ? 'button' : 'text', box: box(e), area: area && box(area),
                  outer: outer && box(outer), in_row: !!area && !down(area),
                  name: named ? named.getAttribute('flt-semantics-identifier') : '',
                  said: (e.getAttribute('aria-label') || e.textContent || '').slice(0, 40), holds: []});
    }
  }
  return found;
}"""

_STILL = """() => new Promise(done => {
  let before = '', same = 0;
  const look = () => {
    const now = document.querySelector('flt-semantics-host').innerHTML;
    same = now === before ? same + 1 : 0;
    before = now;
    same > 9 ? done() : requestAnimationFrame(look);
  };
  look();
})"""


Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something that is drawn."""

    kind: str
    """`button`, `text`, `area` (which scrolls down) or `row` (which scrolls to the side)."""
    name: str
    said: str
    edges: Edges
    area: Edges | None
    """The scrolling area in which it stands."""
    outer: Edges | None
    """The one around that: of a row that scrolls to the side, what scrolls down with it."""
    in_row: bool
    """Whether that scrolls to the side."""
    holds: tuple[str, ...] = ()
    """The names of what stands in a scrolling area."""

    def __str__(self) -> str:
        return f"{self.name or self.kind} “{self.said}” {tuple(map(round, self.edges))}"

    @property
    def seen(self) -> Edges:
        """What is in view of it: a scrolling area shows no more than its own size."""
        if self.area is None:
            return self.edges
        return (
            max(self.edges[0], self.area[0]), max(self.edges[1], self.area[1]),
            min(self.edges[2], self.area[2]), min(self.edges[3], self.area[3]),
        )  # fmt: skip

    @property
    def cut(self) -> bool:
        """Whether it reaches an end of its scrolling area: what goes on beyond is not told of."""
        sides, top_and_bottom = slice(0, 4, 2), slice(1, 4, 2)
        ends = [(self.area, sides if self.in_row else top_and_bottom), (self.outer, top_and_bottom)]
        return any(
            abs(mine - its) < 1
            for area, end in ends
            if area
            for mine, its in zip(self.edges[end], area[end], strict=True)
        )

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height."""
        left, top, right, bottom = self.edges
        return right - left, bottom - top

    def meets(self, other: Box) -> bool:
        """Whether both are drawn on the same pixels."""
        mine, its = self.seen, other.seen
        wide = min(mine[2], its[2]) - max(mine[0], its[0])
        high = min(mine[3], its[3]) - max(mine[1], its[1])
        return wide > 1 and high > 1


def boxes(at: Learner) -> list[Box]:
    """Everything on the page, once nothing moves any more."""
    at.page.evaluate(_STILL)
    return [
        Box(one["kind"], one["name"], one["said"], tuple(one["box"]), one["area"] and tuple(one["area"]),
            one["outer"] and tuple(one["outer"]), one["in_row"], tuple(one["holds"]))
        for one in at.page.evaluate(_BOXES)
    ]  # fmt: skip


def faults(at: Learner) -> list[str]:
    """What is wrong with what is in view, in words."""
    window = at.page.viewport_size
    assert window
    every = boxes(at)
    found = [f"scrolls sideways: {box}" for box in every if box.kind == "row" and SIDEWAYS not in box.holds]
    drawn = [box for box in every if box.kind in ("button", "text") and box.meets(box)]
    for box in drawn:
        left, top, right, bottom = box.seen if box.in_row else box.edges
        if left < -_SLACK or right > window["width"] + _SLACK:
            found.append(f"beyond the side of the window: {box}")
        if box.area is None and (top < -_SLACK or bottom > window["height"] + _SLACK):
            found.append(f"beyond the end of the window: {box}")
        wide, high = box.size
        inline = bool(INLINE.fullmatch(box.name))
        small = high < HIT - _SLACK or (wide < HIT - _SLACK and not NARROWER.match(box.name))
        if box.kind == "button" and small and not box.cut and not inline:
            found.append(f"smaller than {HIT}: {box}, {wide:.0f} x {high:.0f}")
    found += [f"one on the other: {one} and {two}" for one, two in combinations(drawn, 2) if one.meets(two)]
    return found


def faults_to_the_end(at: Learner) -> list[str]:
    """The same, and of all that can be scrolled to."""
    found = dict.fromkeys(faults(at))
    for area in [box for box in boxes(at) if box.kind == "area"]:
        left, top, right, bottom = area.edges
        at.page.mouse.move((left + right) / 2, (top + bottom) / 2)
        before: list[Box] = []
        while (now := boxes(at)) != before:
            before = now
            at.page.mouse.wheel(0, (bottom - top) * 0.8)
            found |= dict.fromkeys(faults(at))
        at.page.mouse.wheel(0, -100_000)
    return list(found)


# Ways to the speaking screens, each from the one before, in a session that asks to say something.


def to_speaking(at: Learner) -> None:
    """What is to be said, before it is."""
    at.click("resume-session")
    at.sees("speak")
