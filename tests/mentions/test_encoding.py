"""What is spared in encoding words changes no bit of what the library's own layers give."""

from __future__ import annotations

import numpy as np
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import LayerNorm, Model, NumpyOps

from reportedly.mentions.encoding import Norm, _Encoder

NUMBERS = np.random.default_rng(7)


def _randomised(model: Model) -> Model:
    """The model with parameters that nothing has trained, and numpy's products."""
    model.initialize()
    for node in model.walk():
        node.ops = NumpyOps(use_blis=False)
        for name in node.param_names:
            node.set_param(name, NUMBERS.normal(size=node.get_param(name).shape).astype("float32"))
    return model


def test_rows_are_normed_as_the_library_does_it() -> None:
    """Bit by bit, for one row and for many."""
    layer = _randomised(LayerNorm(96))
    for count in (1, 17, 500):
        rows = NUMBERS.normal(size=(count, 96)).astype("float32")
        wanted = layer.predict(rows)
        assert Norm.of(layer).normed(rows).tobytes() == wanted.tobytes()


def test_words_among_their_neighbours_are_encoded_as_the_library_does_it() -> None:
    """Bit by bit, for documents of any length, one without words among them."""
    library = _randomised(MaxoutWindowEncoder(96, 1, 3, 4))
    ours = _Encoder(library)
    for lengths in ((1,), (5, 0, 40), (200, 3, 17, 1)):
        documents = [NUMBERS.normal(size=(n, 96)).astype("float32") for n in lengths]
        wanted = library.predict(documents)
        found, _ = ours(library, documents, False)
        assert [f.tobytes() for f in found] == [w.tobytes() for w in wanted]


def test_documents_are_left_as_they_were() -> None:
    """The rows that come in are not written over: they are remembered for the next text."""
    ours = _Encoder(_randomised(MaxoutWindowEncoder(96, 1, 3, 4)))
    document = NUMBERS.normal(size=(9, 96)).astype("float32")
    before = document.copy()
    ours(None, [document], False)  # type: ignore[arg-type]
    assert np.array_equal(document, before)
