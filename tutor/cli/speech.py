"""`tutor speak`, `tutor say` and `tutor speech`: a recording judged, a text said, the score calibrated."""

from __future__ import annotations

import io
import json
import sys
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.cli.shared import Data, Json, prepared, tell, watched
from tutor.errors import Cancelled, PackError, SpeechError, UsageError
from tutor.i18n import _, plural
from tutor.text import spoken_words

if TYPE_CHECKING:
    from tutor.speech.calibration import Calibrated, Likeness
    from tutor.speech.evaluation import Evaluator, SpeechResult, SpokenWord
    from tutor.speech.phone_alignment import Pair
    from tutor.speech.synthesizer import Synthesizer

speaking = typer.Typer()
speech = typer.Typer(help=_("How the score of speech is made."), no_args_is_help=True)

Model = Annotated[
    Path | None,
    typer.Option("--model", help=_("A folder with a speech model; the best installed one if left out.")),
]
Force = Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))]

_PIPE = Path("-")
_MOST_BYTES = 64 * 2**20 + 1
"""One byte more than a recording may have, which is then refused as any that is too large."""

_OPUS = (".ogg", ".opus")


@speaking.command()
def speak(
    expect: Annotated[str, typer.Option("--expect", help=_("What was to be said."))],
    audio: Annotated[
        Path, typer.Option("--audio", help=_("A recording in any usual format; - for the standard input."))
    ],
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help=_("Another right answer; may be given more than once.")),
    ] = None,
    model: Model = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Judge how something was said: each word, and each sound that differed. Nothing is kept."""
    folder, _config = prepared(data)
    texts = (expect, *(accept or ()))
    if not all(spoken_words(text) for text in texts):
        raise UsageError(_("There are no words in what was to be said: give some with --expect."))
    evaluator = _evaluator(_model(folder, model))
    recording = sys.stdin.buffer.read(_MOST_BYTES) if audio == _PIPE else audio
    result = evaluator.evaluate(recording, expect, texts[1:])
    tell(_record(result, evaluator.transcriber.name), _told(result), as_json)


@speaking.command()
def say(
    text: Annotated[str, typer.Argument(help=_("What to say."))],
    out: Annotated[
        Path, typer.Option("--out", help=_("A file: .wav, .ogg or .opus; - for WAV on the standard output."))
    ],
    voice: Annotated[
        str, typer.Option("--voice", help=_("One of the voices of this device; the first if left out."))
    ] = "",
    slow: Annotated[bool, typer.Option("--slow", help=_("At three quarters of the speed."))] = False,
    force: Force = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Have a voice say something, into a file."""
    folder, _config = prepared(data)
    if not spoken_words(text):
        raise UsageError(_("There are no words to say: give some."))
    if out == _PIPE and as_json:
        raise UsageError(_("The sound goes to the standard output, so JSON cannot: leave out one of both."))
    if out != _PIPE:
        _make_sure_of_ending(out, (".wav", *_OPUS))
        _make_sure_of_place(out, force)
    from tutor.speech.synthesizer import NORMAL_RATE, SLOW_RATE

    speaker = _voice(folder, voice)
    sound = speaker.synthesize(text, SLOW_RATE if slow else NORMAL_RATE)
    with wave.open(io.BytesIO(sound)) as file:
        seconds = file.getnframes() / file.getframerate()
    if out == _PIPE:
        sys.stdout.buffer.write(sound)
        sys.stdout.buffer.flush()
        return
    _write(out, _opus(sound, seconds) if out.suffix.lower() in _OPUS else sound, force)
    told = _("{file}: {seconds:.1f} seconds, said by {voice}.").format(
        file=out, seconds=seconds, voice=speaker.name
    )
    tell({"file": out, "voice": speaker.voice, "seconds": round(seconds, 3)}, told, as_json)


@speech.command()
def calibrate(
    folder: Annotated[Path, typer.Argument(help=_("Recordings, and what people thought of them."))],
    model: Model = None,
    language: Annotated[str, typer.Option("--language", help=_("What is spoken in them."))] = "pl",
    out: Annotated[
        Path | None, typer.Option("--out", help=_("A .json file for the constants of the score."))
    ] = None,
    force: Force = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Compare the score with what people said of the same recordings, and refit its constants."""
    home, _config = prepared(data)
    if out:
        _make_sure_of_ending(out, (".json",))
        _make_sure_of_place(out, force)
    from tutor.speech.calibration import calibrate as calibrated
    from tutor.speech.judged_clips import listened_to, read_judged

    clips = read_judged(folder)
    evaluator = _evaluator(_model(home, model), language)
    with _stoppable(), watched(_("Listening"), as_json) as told:
        judged, left_out = listened_to(clips, evaluator, told)
        found = calibrated(judged)
    constants = asdict(found.constants if found.better else evaluator.constants)
    if out:
        _write(out, f"{json.dumps(constants, indent=1)}\n".encode(), force)
    record = asdict(found) | {"left_out": left_out, "better": found.better, "constants": constants}
    tell(record, _report(found, left_out, constants), as_json)


# What there is to hear and to speak with.


def _model(folder: Path, chosen: Path | None) -> Path:
    from tutor.speech.packs import Packs

    model = chosen or Packs(folder).speech_model()
    if model is None:
        raise PackError(
            _(
                "There is no speech model on this device, so nothing can be judged: `tutor models install` "
                "downloads one, `tutor models import` takes in one that you have. Nothing was changed."
            ),
            doing="looking for a speech model",
        )
    return model


def _evaluator(model: Path, language: str = "pl") -> Evaluator:
    from tutor.speech.espeak import Espeak
    from tutor.speech.evaluation import Evaluator
    from tutor.speech.whisper import Whisper

    writer = Espeak(language)
    if language != "pl":
        try:
            writer.phones("a")
        except SpeechError as error:
            raise UsageError(
                _("There is no voice that writes the sounds of the language {language!r}.").format(
                    language=language
                )
            ) from error
    return Evaluator(Whisper(model, language), writer)


def _voice(folder: Path, wanted: str) -> Synthesizer:
    from tutor.speech.packs import Packs
    from tutor.speech.synthesizer import installed_voices

    voices = installed_voices([pack.path for pack in Packs(folder).voices()])
    if not voices:
        raise SpeechError(
            _("The voice espeak-ng is not installed; `tutor doctor` says how to get it."), doing="speaking"
        )
    if not wanted:
        return voices[0]
    for one in voices:
        if wanted.casefold() in (one.voice.casefold(), one.name.casefold()):
            return one
    raise UsageError(
        _("There is no voice named {name!r} on this device; there are {known}.").format(
            name=wanted, known=", ".join(f"{one.name} ({one.voice})" for one in voices)
        )
    )


# How something was said.


def _record(result: SpeechResult, model: str) -> dict[str, Any]:
    """Every field of a result, in plain types: docs/speech.md tells what each means."""
    from tutor.drills.spoken import word_verdict

    words = [asdict(word) | {"cost": word.cost, "verdict": str(word_verdict(word))} for word in result.words]
    whole = {"passed": result.passed, "right_words": result.right_words, "model": model}
    return asdict(result) | {"words": words} | whole


def _told(result: SpeechResult) -> str:
    from tutor.speech.evaluation import Hearing

    match result.hearing:
        case Hearing.NOTHING:
            return _(
                "Nobody was heard in this recording, so nothing was judged: look whether the microphone is "
                "on, and say it again."
            )
        case Hearing.UNCLEAR:
            return _(
                "Somebody was heard, but not clearly enough to be judged: say it again, closer to the "
                "microphone."
            )
        case Hearing.NOISY:
            return _("It was too noisy to be judged: say it again where it is quieter.")
    width = max(len(word.text) for word in result.words)
    lines = [_word_line(word, width) for word in result.words]
    lines.append(_("Understood: {heard}").format(heard=result.heard))
    if result.extra:
        lines.append(_("Said beside that: {words}").format(words=" ".join(result.extra)))
    if result.clipped:
        lines.append(_("It was too loud for the microphone: some sounds may be lost."))
    lines.append(
        _(
            "Accuracy {accuracy:.0f}, fluency {fluency:.0f}, completeness {completeness:.0f}. Total "
            "{total:.0f} (an estimate)."
        ).format(
            accuracy=result.accuracy, fluency=result.fluency, completeness=result.completeness,
            total=result.total,
        )
    )  # fmt: skip
    return "\n".join(lines)


def _word_line(word: SpokenWord, width: int) -> str:
    from tutor.drills.feedback import Verdict
    from tutor.drills.spoken import word_verdict

    verdicts = {Verdict.GOOD: _("good"), Verdict.NEARLY: _("nearly"), Verdict.AGAIN: _("again")}
    differing = [_difference(pair) for pair in word.pairs if pair[0] != pair[1]]
    told = _("not said") if word.missed else ", ".join(differing)
    line = f"{word.text:{width}}  {word.score:3.0f}  {verdicts[word_verdict(word)]}"
    return f"{line}  ({told})" if told else line


def _difference(pair: Pair) -> str:
    expected, heard = pair
    if expected is None:
        return _("{sound} added").format(sound=heard)
    if heard is None:
        return _("{sound} left out").format(sound=expected)
    return _("{sound} as {heard}").format(sound=expected, heard=heard)


# How a calibration went.


def _report(found: Calibrated, left_out: int, constants: dict[str, float]) -> str:
    clips = plural("{count} clip compared", "{count} clips compared", found.clips)
    without = plural("{count} left out", "{count} left out", left_out)
    lines = [f"{clips}, {without}."]
    for label, before, after in (
        (_("Words"), found.before.words, found.after.words),
        (_("Phrases"), found.before.totals, found.after.totals),
    ):
        lines.append(f"{label}:")
        lines.append("  " + _likeness(_("before"), before))
        lines.append("  " + _likeness(_("refitted, on speakers it was not fitted to"), after))
    lines += [f"{name} = {value:g}" for name, value in constants.items()]
    lines.append(
        _("The refitted constants agree better with people ({sure:.0%} sure); they are those above.").format(
            sure=found.sureness
        )
        if found.better
        else _("Nothing that surely agrees better with people was found: those above are in use now.")
    )
    return "\n".join(lines)


def _likeness(when: str, one: Likeness) -> str:
    return _("Pearson {pearson:.3f}, Spearman {spearman:.3f}, concordance {concordance:.3f} ({when})").format(
        pearson=one.pearson, spearman=one.spearman, concordance=one.concordance, when=when
    )


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        raise Cancelled(_("That was stopped. Nothing was changed."), doing="calibrating") from error


# Files.


def _make_sure_of_ending(path: Path, endings: Sequence[str]) -> None:
    if path.suffix.lower() not in endings:
        raise UsageError(
            _("{file} must end with {endings}, so that it is clear what it holds.").format(
                file=path, endings=", ".join(endings)
            )
        )


def _make_sure_of_place(path: Path, force: bool) -> None:
    """Before long work: whether its outcome may be written there."""
    if path.exists() and not force:
        raise UsageError(
            _("{file} is there already and was left as it is; --force replaces it.").format(file=path)
        )


def _write(path: Path, content: bytes, force: bool) -> None:
    """Write a file; what stood there stays until the new one is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        _make_sure_of_place(path, force)
        if path.exists() and not path.is_file():
            # A pipe or a device is written to, and never replaced.
            path.write_bytes(content)
            return
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise UsageError(
            _("{file} cannot be written ({why}). Nothing was changed: choose another place.").format(
                file=path, why=error.strerror
            ),
            doing="writing a file",
        ) from error


def _opus(sound: bytes, seconds: float) -> bytes:
    from tutor.speech.recording import LONGEST_SECONDS, read_recording, to_opus

    if seconds > LONGEST_SECONDS:
        raise UsageError(
            _(
                "That takes {seconds:.0f} seconds to say, and {most:.0f} fit into such a file: write it into "
                "a .wav, or say less."
            ).format(seconds=seconds, most=LONGEST_SECONDS)
        )
    return to_opus(read_recording(sound).samples)
