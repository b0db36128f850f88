"""Every error this program raises on purpose.

    TutorError
    ├── UsageError             what was asked for cannot be done as asked
    │   └── SessionMoved       the session went on elsewhere
    ├── Cancelled              the learner stopped it, and all is as it was before
    ├── ConfigError            a settings file or variable is wrong
    ├── CourseError            a course file is wrong: file, line, what was expected
    ├── FittingError           parameters could not be fitted
    ├── SpeechError            a voice or a recording could not be made
    │   ├── RecordingUnreadable   it is empty, damaged, or no recording
    │   ├── MicrophoneRefused     the app may not listen
    │   ├── NoMicrophone          there is none, it is in use, or it gives no sound
    │   ├── NoSpeechEngine        this device has no packages that listen
    │   ├── SpeechModelBroken     a speech model cannot be loaded or fails
    │   └── TooMuchToSay          more than a model can hold against a recording
    ├── EncoderBroken          what tells words of like meaning is damaged or missing
    ├── PackError              a model or a voice cannot be installed: another kind, damaged, no room
    │   └── HubError           the hub cannot be reached, went silent, or sent something else
    └── DatabaseError          the learner's file
        ├── NewerDatabase      it was written by a newer app
        ├── CorruptDatabase    it is damaged
        ├── DatabaseBusy       another process holds it
        ├── DatabaseUnwritable it cannot be written: folder read-only, disk full
        └── MigrationFailed    an upgrade failed and was taken back

Each carries `doing` (what was being done), `retry` (whether trying again may help) and one
sentence for the learner, `message`, that says what happened, that nothing is lost, and what to do.
"""

from __future__ import annotations

from tutor.i18n import _


class TutorError(Exception):
    """The root of the tree. `message` is one sentence for the learner."""

    retry = False

    def __init__(self, message: str, *, doing: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.doing = doing


class UsageError(TutorError):
    """What was asked for cannot be done as asked."""


class SessionMoved(UsageError):
    """The same session went on in another window or terminal. It was read anew: `next` tells where it is."""


class Cancelled(TutorError):
    """The learner stopped long work; everything is as it was before it."""

    retry = True


class ConfigError(TutorError):
    """A settings file or a `TUTOR_*` variable has a value that cannot be used."""


class CourseError(TutorError):
    """A course file is wrong. `file` and `line` say where, `expected` says what should stand there."""

    def __init__(self, *, file: str, line: int, expected: str) -> None:
        super().__init__(f"{file}:{line}: {expected}", doing="reading the course")
        self.file = file
        self.line = line
        self.expected = expected


class FittingError(TutorError):
    """Parameters could not be fitted; those in use stay."""


class SpeechError(TutorError):
    """A voice or a recording could not be made; the drill goes on without it."""

    retry = True


class RecordingUnreadable(SpeechError):
    """A recording is empty, damaged, too large, or none. It was left as it is, and nothing was counted."""


class MicrophoneRefused(SpeechError):
    """The learner, or the browser for them, does not let the app listen."""


class NoMicrophone(SpeechError):
    """There is none, it is in use elsewhere, or it gives no sound."""


class NoSpeechEngine(SpeechError):
    """This device lacks the packages that listen; it never will without them."""

    retry = False


class SpeechModelBroken(SpeechError):
    """A speech model cannot be loaded, or failed while listening."""

    retry = False


class TooMuchToSay(SpeechError):
    """What is to be said is longer than a model can hold against a recording."""

    retry = False


class EncoderBroken(TutorError):
    """What tells words of like meaning is damaged, missing or of another kind. Practice needs none."""

    retry = False


class PackError(TutorError):
    """A model or a voice cannot be installed, found or removed; those that are installed stay as they are."""


class HubError(PackError):
    """The hub cannot be reached, went silent, or sent something else than it said; what came is kept."""

    retry = True


class DatabaseError(TutorError):
    """Something about the learner's file."""


class NewerDatabase(DatabaseError):
    """The file was last opened by a newer app. Nothing was touched."""

    def __init__(self, *, found: str, known: str) -> None:
        super().__init__(
            _(
                "Your words were last opened by a newer Patient Tutor, so this one left them untouched. "
                "Nothing is lost: update this app and everything will be as you left it."
            ),
            doing="opening your words",
        )
        self.found = found
        self.known = known


class CorruptDatabase(DatabaseError):
    """The file is damaged, or is no database of ours."""


class DatabaseBusy(DatabaseError):
    """Another process holds the file."""

    retry = True


class DatabaseUnwritable(DatabaseError):
    """The file or its folder cannot be written."""

    retry = True


class MigrationFailed(DatabaseError):
    """An upgrade failed; the file is again as it was before."""
