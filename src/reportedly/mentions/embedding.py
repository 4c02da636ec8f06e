"""Room 3, embedding: what the parser makes of a word before it looks at its neighbours, remembered from text to text.

Door: `remember_words(model)`. A third of the parser's arithmetic depends on one word alone, and texts repeat words.
Each word is computed by itself, never in a batch: matrix products of different sizes differ in the last bit, and what
is read out of a document must not depend on the documents before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from thinc.api import Model

from reportedly.mentions.encoding import Norm

# Words kept at a time: 8 MB. A year of one newspaper has more, but the frequent ones come back at once.
CAPACITY = 20_000


def remember_words(model: Model[Any, Any]) -> None:
    """Let the first layer of a token-to-vector model (embed, then encode) remember the words that it has seen."""
    model.layers[0] = Model("remembered_embed", _Words(model.layers[0]))


class _Words:
    """The vectors of words by their features. Takes the place of the layer whose weights it uses."""

    def __init__(self, embed: Model[Any, Any], capacity: int = CAPACITY) -> None:
        features, _, self._hashes, mix, _ = embed.layers
        maxout, norm = mix.layers[0].layers[0].layers
        self._columns = list(features.attrs["columns"])
        self._weights, self._bias = maxout.get_param("W"), maxout.get_param("b").reshape(-1)
        self._pieces = self._weights.shape[:2]
        self._weights = np.ascontiguousarray(self._weights.reshape(len(self._bias), -1))
        self._norm = Norm.of(norm)
        self._vectors = np.zeros((capacity, self._pieces[0]), dtype="float32")
        self._places: dict[bytes, int] = {}

    def __call__(
        self, model: Model[Any, Any], docs: Sequence[Any], is_train: bool
    ) -> tuple[list[Any], Callable[[Any], Any]]:
        """Return the vectors of the words of each document. There is nothing to learn from."""
        rows = [doc.to_array(self._columns) for doc in docs]
        words: list[bytes] = np.concatenate(rows).view(f"V{8 * len(self._columns)}").ravel().tolist()
        self._learn(words)
        vectors = self._vectors[[self._places[word] for word in words]]
        ends = [*accumulate(len(row) for row in rows)]
        found = [vectors[end - len(row) : end] for row, end in zip(rows, ends, strict=True)]
        return found, lambda gradient: gradient

    def _learn(self, words: Iterable[bytes]) -> None:
        """Compute the vectors of the words not seen before; where there is no room, forget all others first."""
        distinct = dict.fromkeys(words)
        new = [word for word in distinct if word not in self._places]
        if len(self._places) + len(new) > len(self._vectors):
            self._places.clear()
            new = list(distinct)
            if len(new) > len(self._vectors):
                self._vectors = np.zeros((len(new), self._pieces[0]), dtype="float32")
        if new:
            first = len(self._places)
            self._vectors[first : first + len(new)] = self._computed(new)
            self._places.update((word, first + at) for at, word in enumerate(new))

    def _computed(self, words: Sequence[bytes]) -> Any:
        """The vectors of words: each word's product by itself, what works on single numbers for all at once."""
        features = np.frombuffer(b"".join(words), dtype=np.uint64).reshape(len(words), -1)
        hashed = self._hashes.predict(features)
        products = np.stack([self._weights @ one for one in hashed]) + self._bias
        return self._norm.normed(products.reshape(len(words), *self._pieces).max(axis=2))
