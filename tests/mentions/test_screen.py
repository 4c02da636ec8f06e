"""Which segments are worth parsing: words say of a segment what they say alone, whatever is looked at first."""

from __future__ import annotations

from itertools import product

from reportedly.knowledge.load import load_knowledge
from reportedly.mentions.parser import Parser
from reportedly.mentions.screen import Screen
from reportedly.model import Segment

TAKEN = (
    "They were locked up.",
    "Two men were taken into custody.",
    "Her uncle was put under house arrest.",
    "Nine of them were held without charge.",
    "A teacher was taken in for questioning.",
)
OTHERS = (
    "The envoy went to Kova.",
    "Both sides sat down for talks.",
    "They called on him to stand down.",
    "The ministers took part in a meeting.",
    "The council turned down the offer.",
)


def test_a_phrase_tells_as_much_beside_another_as_alone() -> None:
    """What one phrase says of a segment never hides what another says, in which the two share a sign."""
    knowledge = load_knowledge()
    violent = frozenset(key for key, event in knowledge.ontology.items() if event.violent)
    screen = Screen(knowledge.lexicon, Parser().lemmatizer, violent)

    def flags(text: str) -> int:
        return screen.flags(text, [Segment(0, len(text), 0, 0)])[0]

    for taken, other in product(TAKEN, OTHERS):
        assert flags(f"{taken} {other}") == flags(taken) | flags(other), (taken, other)
