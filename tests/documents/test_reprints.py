"""One origin for one text, whatever the order of the documents."""

from __future__ import annotations

import random

import pytest

from reportedly.documents import fingerprint, origins


def article(seed: int, words: int = 160) -> list[str]:
    """Return the words of an invented article."""
    rng = random.Random(seed)
    stock = [
        f"{head}{tail}" for head in ("sol", "tow", "riv", "arm", "reb", "vil", "mar", "con") for tail in "aeioubcdfg"
    ]
    return [rng.choice(stock) for _ in range(words)]


def edited(words: list[str], every: int) -> str:
    """Return the text with every n-th word changed."""
    return " ".join("other" if n % every == every - 1 else word for n, word in enumerate(words))


def test_copies_share_an_origin_and_others_do_not() -> None:
    """Exact and lightly edited copies are one origin, the smallest id; other texts stand alone."""
    texts = {
        "c": edited(article(1), 10_000),
        "a": edited(article(1), 25),
        "b": edited(article(2), 10_000),
        "d": "Too short.",
    }
    assert origins({name: fingerprint(text) for name, text in texts.items()}) == {
        "a": "a",
        "b": "b",
        "c": "a",
        "d": "d",
    }


@pytest.mark.parametrize("seed", range(5))
def test_order_of_documents_does_not_matter(seed: int) -> None:
    """Any order gives the same origins."""
    prints = {f"doc-{n:03}": fingerprint(edited(article(n % 20), 20 + n % 7)) for n in range(80)}
    names = list(prints)
    random.Random(seed).shuffle(names)
    assert origins({name: prints[name] for name in names}) == origins(prints)
    assert len(set(origins(prints).values())) == 20


def test_a_shared_agency_joins_shortened_copies() -> None:
    """Outlets cut wire reports by half; the credit makes up for what is missing."""
    words = article(3, 200)
    prints = {"a": fingerprint(" ".join(words)), "b": fingerprint(" ".join(words[:84]))}
    assert origins(prints) == {"a": "a", "b": "b"}
    assert origins(prints, {"a": "AFP", "b": "AFP"}) == {"a": "a", "b": "a"}
    assert origins(prints, {"a": "AFP", "b": "Reuters"}) == {"a": "a", "b": "b"}


def test_many_copies_of_one_text() -> None:
    """Thousands of copies are one origin, in linear time."""
    same = fingerprint(" ".join(article(5)))
    assert set(origins({f"doc-{n}": same for n in range(3000)}).values()) == {"doc-0"}


def test_texts_too_short_to_compare_stand_alone() -> None:
    """Nothing to compare is no error, and no reason to be one."""
    assert origins({}) == {}
    assert origins({"a": (), "b": ()}) == {"a": "a", "b": "b"}
