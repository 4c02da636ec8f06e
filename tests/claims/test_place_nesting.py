"""Names that say together where one place is: each says whether it lies in the one before or behind it."""

from __future__ import annotations

import pytest

from reportedly import load_reader
from reportedly.claims.place_nesting import chain, nests
from reportedly.model.trace import Trace
from reportedly.pipeline import Reader, document_from_text

# The text, and the names as "inner < outer", both by their words, in text order.
CASES = [
    ("Gunmen killed two men in the village of Tungo in Borno State.", ["Tungo < Borno State"]),
    ("Gunmen killed two men in Bisha, 12 km east of Kadugli.", ["Bisha < Kadugli"]),
    ("Gunmen killed two men in Bisha, just north of Kadugli.", ["Bisha < Kadugli"]),
    ("Gunmen killed two men in the Hamra neighbourhood of Beirut.", ["Hamra < Beirut"]),
    ("Gunmen killed two men in the Aleppo suburb of Kafr Dael.", ["Kafr Dael < Aleppo"]),
    ("Gunmen killed two men in Somalia's southern town of Baidoa.", ["Baidoa < Somalia"]),
    ("Gunmen killed two men in Sabha, Libya's largest southern city.", ["Sabha < Libya"]),
    ("Gunmen killed two men in Goma, North Kivu.", ["Goma < North Kivu"]),
    ("Gunmen killed two men in Syria near Manbij.", ["Manbij < Syria"]),
    ("Gunmen killed two men in the Mopti region of Mali.", ["Mopti < Mali"]),
    ("Gunmen killed two men in the Donetsk region of Ukraine.", ["Donetsk < Ukraine"]),
    ("Gunmen killed two men in Goma and Bukavu.", []),
    ("Gunmen from Goma killed two men in Bukavu.", []),
    ("Gunmen killed two men in Gao, Menaka and Kidal.", []),
    ("Gunmen killed two men in Gossi after Mali closed its border.", []),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """One reader for all tests."""
    return load_reader()


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_holds_whom(reader: Reader, text: str, expected: list[str]) -> None:
    """Distance, side, kind, owner and comma tie a name to the larger or nearer one; lists do not."""
    trace = Trace(full=True)
    reader.extract(document_from_text(text), trace=trace)
    assert trace.reading is not None
    sentence = trace.reading.sentences[0]
    names = [p.span.quote for p in sentence.places]
    assert [f"{names[a]} < {names[b]}" for a, b in nests(sentence, reader.knowledge).items()] == expected


def test_a_chain_goes_from_the_narrowest_up() -> None:
    """Names in one chain are found from any of them."""
    inside = {0: 1, 1: 2, 4: 3}
    assert chain(inside, 1) == [0, 1, 2]
    assert chain(inside, 3) == [4, 3]
    assert chain(inside, 5) == [5]
