"""Room 3, encoding: what the parser makes of a word among its neighbours.

Door: `encode_plainly(model)`. The arithmetic is that of the library's layers, bit by bit; what only training needs, and
what is made anew where it could be written over, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from thinc.api import Model


def encode_plainly(model: Model[Any, Any]) -> None:
    """Take over the second layer of a token-to-vector model (embed, then encode)."""
    model.layers[1] = Model("plain_encode", _Encoder(model.layers[1]))


class Norm(NamedTuple):
    """Brings rows to mean 0 and variance 1, then scales and shifts them. The library's own layer works out the mean
    twice, and the distance from it."""

    scale: Any
    shift: Any

    @classmethod
    def of(cls, layer: Model[Any, Any]) -> Norm:
        """The same as a layer of the library."""
        return cls(layer.get_param("G"), layer.get_param("b"))

    def normed(self, rows: Any) -> Any:
        """Return the rows as they come out, in place of those given."""
        rows -= rows.mean(axis=1, keepdims=True)
        variance = (rows * rows).sum(axis=1, keepdims=True) / rows.shape[1]
        rows *= (variance + 1e-08) ** -0.5
        rows *= self.scale
        rows += self.shift
        return rows


class _Layer(NamedTuple):
    """Looks at each word with the one before and after it: the largest of three products, normed."""

    weights: Any
    bias: Any
    norm: Norm

    @classmethod
    def of(cls, residual: Model[Any, Any]) -> _Layer:
        """The same as a layer of the library, with the products that compete laid side by side."""
        maxout, norm = residual.layers[0].layers[1].layers[0].layers
        weights, bias = maxout.get_param("W").transpose(1, 0, 2), maxout.get_param("b").transpose(1, 0)
        rows = weights.reshape(-1, weights.shape[2])
        return cls(np.ascontiguousarray(rows.T), bias.reshape(-1), Norm.of(norm))

    def added(self, rows: Any) -> Any:
        """What the layer adds to each row."""
        width = rows.shape[1]
        beside = np.zeros((len(rows), 3 * width), dtype=rows.dtype)
        beside[1:, :width] = rows[:-1]
        beside[:, width : 2 * width] = rows
        beside[:-1, 2 * width :] = rows[1:]
        products = beside @ self.weights
        products += self.bias
        best = np.maximum(products[:, :width], products[:, width : 2 * width])
        np.maximum(best, products[:, 2 * width :], out=best)
        return self.norm.normed(best)


class _Encoder:
    """All layers, over the words of all documents at once, with empty rows between documents. Takes the place of the
    layers whose weights it uses."""

    def __init__(self, encode: Model[Any, Any]) -> None:
        self._gap = int(encode.attrs["pad"])
        self._layers = [_Layer.of(residual) for residual in encode.layers[0].layers]

    def __call__(
        self, model: Model[Any, Any], documents: Sequence[Any], is_train: bool
    ) -> tuple[list[Any], Callable[[Any], Any]]:
        """Return the vectors of the words of each document. There is nothing to learn from."""
        starts, at = [], self._gap
        for document in documents:
            starts.append(at)
            at += len(document) + self._gap if len(document) else 0
        rows = np.zeros((at, documents[0].shape[1]), dtype=documents[0].dtype)
        for start, document in zip(starts, documents, strict=True):
            rows[start : start + len(document)] = document
        for layer in self._layers:
            rows += layer.added(rows)
        found = [rows[start : start + len(document)] for start, document in zip(starts, documents, strict=True)]
        return found, lambda gradient: gradient
