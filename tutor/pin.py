"""A PIN that keeps a sibling out of another's profile. It is no encryption: anybody can read the file."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

SHORTEST, LONGEST = 4, 8

_PIN = re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}")
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1

FREE = 3
"""Wrong tries after which the next one has to wait."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)


def is_pin(text: str) -> bool:
    """Whether a text may be a PIN: 4 to 8 digits."""
    return _PIN.fullmatch(text) is not None


def hashed(pin: str) -> str:
    """A PIN as it is kept: by scrypt, with a salt of its own."""
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(pin, salt).hex()}"


def matches(pin: str, kept: str) -> bool:
    """Whether this is the PIN that is kept so. Nothing matches what is kept in a way not known here."""
    try:
        _kind, salt, wanted = kept.split("$")
        return hmac.compare_digest(_scrypt(pin, bytes.fromhex(salt)), bytes.fromhex(wanted))
    except ValueError:
        return False


def wait_after(wrong: int) -> timedelta:
    """How long the next try has to wait after so many wrong ones in a row."""
    if wrong < FREE:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(wrong - FREE, 20)), _LONGEST_WAIT)


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL)
