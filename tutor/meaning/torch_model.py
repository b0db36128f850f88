"""A sentence model as sentence-transformers reads it: torch is imported only where such a one was chosen."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import EncoderBroken
from tutor.i18n import _

if TYPE_CHECKING:
    from tutor.meaning.encoder import Vectors


def load(chosen: str) -> tuple[str, Callable[[list[str]], Vectors]]:
    """What tells this model from others, and what gives a vector for each text, of any length.

    Raises EncoderBroken where packages or the model are not there, and else whatever torch raises.
    """
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise EncoderBroken(
            _("The encoder {name} needs packages that are not installed here. Practice goes on without it: "
              "`pip install 'patient-tutor[meaning]'` brings them.").format(name=Path(chosen).name),
            doing="loading the encoder",
        ) from error  # fmt: skip
    disable_progress_bar()
    try:
        model = SentenceTransformer(chosen, device="cpu", local_files_only=True)
    except OSError as error:
        if Path(chosen).is_dir():
            raise
        raise _not_here(chosen) from error
    sum_ = sha256(str(model).encode())
    for weights in model.state_dict().values():
        sum_.update(weights.contiguous().reshape(-1).view(torch.uint8).numpy())

    def vectors(texts: list[str]) -> Vectors:
        found: Vectors = model.encode(texts, show_progress_bar=False)
        return found

    return sum_.hexdigest(), vectors


def _not_here(name: str) -> EncoderBroken:
    """A name that is none of a folder stands for a model that was fetched before, by whoever uses it."""
    whole = name if "/" in name else f"sentence-transformers/{name}"
    return EncoderBroken(
        _("The encoder {name} is not on this device, and none is fetched. Practice goes on without it: fetch "
          "it by `hf download {whole}`, or set `encoder` to its folder.").format(name=name, whole=whole),
        doing="loading the encoder",
    )  # fmt: skip
