"""Encoders that somebody chose: ONNX files, models of sentence-transformers, and what is none of them."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tutor.errors import EncoderBroken
from tutor.meaning import onnx_model
from tutor.meaning.sentence_encoder import SentenceEncoder, sentence_encoder

from .sentence_models import (
    TABLE,
    WORDS,
    onnx_file_of,
    onnx_folder,
    says_pooling,
    sentence_transformers_folder,
    tokenizer,
)


@pytest.fixture
def packages() -> None:
    """What reads ONNX files; the extra `desktop` brings it, too."""
    pytest.importorskip("onnxruntime", reason="the extra `meaning` is not installed")
    pytest.importorskip("tokenizers", reason="the extra `meaning` is not installed")


@pytest.fixture
def torch() -> None:
    pytest.importorskip("sentence_transformers", reason="the extra `meaning` is not installed")


def of(word: str) -> Any:
    vector = TABLE[WORDS.index(word)]
    return vector / np.linalg.norm(vector)


def why(chosen: Path | str) -> str:
    with pytest.raises(EncoderBroken) as error:
        sentence_encoder(str(chosen))
    assert "Practice goes on without it: " in error.value.message
    return error.value.message


def check_it_encodes(encoder: SentenceEncoder) -> None:
    found = encoder.encode(["kawa", "pociąg kawa pociąg kawa", "!!!", "  ", "kawa"], "pl")
    assert encoder.dim == 4 and found.shape == (5, 4) and found.dtype == np.float32
    assert found[0] == pytest.approx(of("kawa"), abs=1e-6)
    assert found[1] == pytest.approx((of("kawa") + of("pociąg")) / np.sqrt(2), abs=1e-6)
    assert not found[2:4].any(), "what holds neither letters nor digits means nothing"
    assert np.array_equal(found[0], found[4])
    assert encoder.encode([], "pl").shape == (0, 4)


@pytest.mark.usefixtures("packages")
def test_a_text_is_the_mean_of_its_tokens_and_padding_is_none_of_them(tmp_path: Path) -> None:
    encoder = sentence_encoder(str(onnx_folder(tmp_path / "tiny")))
    check_it_encodes(encoder)
    assert encoder.name.startswith("tiny ")


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("padded", [True, False])
def test_texts_are_padded_to_the_longest_beside_them_and_no_further(padded: bool, tmp_path: Path) -> None:
    made = tokenizer()
    if not padded:
        made.no_padding()
    made.save(str(tmp_path / "tokenizer.json"))
    words = onnx_model._tokenizer(tmp_path / "tokenizer.json")
    assert [len(one.ids) for one in words.encode_batch(["kawa", "kawa kawa kawa"])] == [3, 3]
    assert len(words.encode("kawa " * 1000).ids) == 256


@pytest.mark.usefixtures("packages")
def test_many_texts_of_many_lengths_come_back_in_their_order(tmp_path: Path) -> None:
    encoder = sentence_encoder(str(onnx_folder(tmp_path)))
    texts = [
        " ".join([word] * (1 + place % 7)) for place, word in enumerate(["kawa", "pociąg", "mleko"] * 60)
    ]
    found = encoder.encode(texts, "pl")
    for text, vector in zip(texts, found, strict=True):
        assert vector == pytest.approx(of(text.split()[0]), abs=1e-6)


@pytest.mark.usefixtures("packages")
def test_another_model_in_the_same_folder_has_another_name(tmp_path: Path) -> None:
    before = sentence_encoder(str(onnx_folder(tmp_path))).name
    assert sentence_encoder(str(tmp_path)).name == before
    assert sentence_encoder(str(onnx_folder(tmp_path, table=TABLE + 1))).name != before


@pytest.mark.parametrize(
    ("machine", "files", "taken"),
    [
        ("x86_64", ["onnx/model.onnx"], "onnx/model.onnx"),
        ("x86_64", ["model.onnx"], "model.onnx"),
        ("x86_64", ["onnx/model.onnx", "onnx/model_quantized.onnx"], "onnx/model_quantized.onnx"),
        ("x86_64", ["onnx/model.onnx", "onnx/model_qint8_arm64.onnx"], "onnx/model.onnx"),
        ("arm64", ["onnx/model.onnx", "onnx/model_qint8_arm64.onnx"], "onnx/model_qint8_arm64.onnx"),
        (
            "x86_64",
            ["onnx/model_qint8_avx512.onnx", "onnx/model_qint8_arm64.onnx"],
            "onnx/model_qint8_avx512.onnx",
        ),
        ("aarch64", ["model.onnx", "model_quint8_avx2.onnx"], "model.onnx"),
        ("x86_64", ["onnx/decoder.onnx"], None),
    ],
)
def test_a_file_of_whole_numbers_for_this_machine_comes_first(
    machine: str, files: list[str], taken: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    (tmp_path / "onnx").mkdir()
    for file in files:
        (tmp_path / file).touch()
    assert onnx_model.onnx_file(tmp_path) is None, "no tokenizer"
    (tmp_path / "tokenizer.json").touch()
    assert onnx_model.onnx_file(tmp_path) == (tmp_path / taken if taken else None)


@pytest.mark.parametrize(
    ("pooling", "steps", "plain"),
    [
        (
            {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False},
            ["Transformer", "Pooling"],
            True,
        ),
        ({"pooling_mode": "mean"}, ["Transformer", "Pooling", "Normalize"], True),
        ({"pooling_mode_cls_token": True}, ["Transformer", "Pooling"], False),
        ({"pooling_mode": "cls"}, ["Transformer", "Pooling"], False),
        ({"pooling_mode_mean_tokens": True}, ["Transformer", "Pooling", "Dense"], False),
    ],
)
def test_a_model_that_does_more_than_a_mean_is_left_to_sentence_transformers(
    pooling: dict[str, object], steps: list[str], plain: bool, tmp_path: Path
) -> None:
    for file in ("model.onnx", "tokenizer.json"):
        (tmp_path / file).touch()
    says_pooling(tmp_path, **pooling)
    types = [{"type": f"sentence_transformers.models.{step}"} for step in steps]
    (tmp_path / "modules.json").write_text(json.dumps(types))
    assert (onnx_model.onnx_file(tmp_path) is not None) is plain


@pytest.mark.usefixtures("torch")
def test_a_folder_of_sentence_transformers_is_read_and_named_by_what_it_holds(tmp_path: Path) -> None:
    encoder = sentence_encoder(str(sentence_transformers_folder(tmp_path / "tiny")))
    check_it_encodes(encoder)
    assert encoder.name == sentence_encoder(str(tmp_path / "tiny")).name
    changed = sentence_encoder(str(sentence_transformers_folder(tmp_path / "other" / "tiny", TABLE + 1)))
    assert encoder.name.startswith("tiny ") and changed.name.startswith("tiny ")
    assert changed.name != encoder.name


# What is no encoder.


@pytest.mark.parametrize(
    "chosen", ["/nowhere/minilm", "~/nowhere", "./nowhere", "a/b/c", "C:\\models\\minilm"]
)
def test_a_folder_that_is_not_there_is_told(chosen: str) -> None:
    assert "There is no folder " in why(chosen)


@pytest.mark.parametrize("chosen", ["all-MiniLM-L6-v2", "intfloat/multilingual-e5-small"])
def test_packages_that_are_missing_are_told_with_how_to_get_them(
    chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert "pip install 'patient-tutor[meaning]'" in why(chosen)


def test_without_onnxruntime_an_onnx_folder_needs_sentence_transformers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("model.onnx", "tokenizer.json"):
        (tmp_path / file).touch()
    monkeypatch.setattr(
        onnx_model, "find_spec", lambda package: None if package == "onnxruntime" else object()
    )
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert "needs packages" in why(tmp_path)


@pytest.mark.usefixtures("torch")
@pytest.mark.parametrize("chosen", ["no-such-model", "nobody/no-such-model"])
def test_a_model_that_would_have_to_be_fetched_is_told_with_how(chosen: str) -> None:
    whole = chosen if "/" in chosen else f"sentence-transformers/{chosen}"
    assert f"hf download {whole}`" in why(chosen)


@pytest.mark.usefixtures("torch")
def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    assert "damaged or of another kind" in why(tmp_path)


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "onnx/model.onnx").write_bytes(b"no model"), "damaged or of another kind"),
        (lambda folder: (folder / "onnx/model.onnx").write_bytes(b""), "damaged or of another kind"),
        (lambda folder: (folder / "tokenizer.json").write_text("{"), "damaged or of another kind"),
        (lambda folder: (folder / "modules.json").write_text("{"), "damaged or of another kind"),
        (lambda folder: (folder / "modules.json").write_text("[1]"), "damaged or of another kind"),
        (lambda folder: onnx_folder(folder, table=TABLE * np.nan), "no vectors"),
        (lambda folder: onnx_folder(folder, table=TABLE[:2]), "no vectors"),
        (
            lambda folder: (folder / "onnx/model.onnx").write_bytes(
                onnx_file_of(TABLE, ("input_ids", "pixels"))
            ),
            "no vectors",
        ),
    ],
)
def test_a_folder_that_is_damaged_is_told(
    damage: Callable[[Path], object], said: str, tmp_path: Path
) -> None:
    check_it_encodes(sentence_encoder(str(onnx_folder(tmp_path))))
    damage(tmp_path)
    assert said in why(tmp_path)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("can't allocate memory: 9 bytes")])
def test_a_model_for_which_there_is_no_memory_is_told(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_chosen: str) -> None:
        raise error

    monkeypatch.setattr("tutor.meaning.torch_model.load", full)
    assert "choose a smaller one" in why(tmp_path)


@pytest.mark.parametrize(
    "given",
    [
        np.ones(4),
        np.ones((2, 4)),
        np.ones((1, 1, 4)),
        np.full((1, 4), np.inf),
        [["a", "b"]],
        None,
    ],
)
def test_what_gives_no_vectors_is_refused_at_once(given: Any) -> None:
    with pytest.raises(EncoderBroken, match="The encoder odd gives no vectors"):
        SentenceEncoder("odd 0123", lambda texts: given)


def test_what_fails_later_or_changes_its_length_is_told() -> None:
    given = [np.ones((1, 4)), np.ones((1, 4)), np.ones((1, 5))]
    encoder = SentenceEncoder("odd 0123", lambda texts: given.pop(0))
    assert encoder.encode(["kawa"], "pl") == pytest.approx(np.full((1, 4), 0.5))
    for _again in range(2):  # of another length, then none left
        with pytest.raises(EncoderBroken):
            encoder.encode(["kawa"], "pl")
