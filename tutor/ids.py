"""Keys: 32 hexadecimal digits of a UUID.

What a person makes on a device gets a UUIDv7 (`new_id`); what several devices must make alike gets
a UUIDv5 (`shared_id`). They travel as text because half a million of them are folded at a rebuild,
and a `uuid.UUID` object costs more than the fold itself.
"""

from __future__ import annotations

import secrets
import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "patient-tutor")


def new_id(at_ms: int) -> str:
    """A fresh UUIDv7 (RFC 9562, section 5.7) for the time `at_ms`, milliseconds since 1970."""
    random = secrets.randbits(74)
    high = (at_ms & (1 << 48) - 1) << 80
    return f"{high | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1:032x}"


def shared_id(*parts: str) -> str:
    """The UUIDv5 that every device derives from the same parts, such as a course's and an item's key."""
    return uuid.uuid5(NAMESPACE, "\x1f".join(parts)).hex
