"""Room 3, screening: which segments are worth parsing. Cheap: one look at each word, answers remembered.

A segment is kept when a word of it evokes violence by itself, or evokes another event or a toll beside a known name, a
country or a role. The rest of a document that speaks of conflict is kept where somebody is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.knowledge.fold import fold
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN, VERB, Lexicon
from reportedly.mentions.names import NameHit
from reportedly.mentions.parser import Lemmatizer
from reportedly.model import Segment

_WORD = re.compile(r"[^\W\d_]+")
STRONG, WEAK, TELLING, ARMED, TOLL, POLITICAL = 1, 2, 4, 8, 16, 32
# In a headline or a single sentence there is nothing else to go by: every event word is worth a parse.
_BRIEF = 3
_TOLL_WORDS = frozenset("dead wounded injured casualty toll missing captive prisoner hostage corpse victim fatality displaced civilian".split())


class Screen:
    """Sorts segments by the words in them."""

    def __init__(self, lexicon: Lexicon, lemmatizer: Lemmatizer, violent: frozenset[str]) -> None:
        self._lemmatizer = lemmatizer
        self._flags: dict[str, int] = {}
        self._by_lemma: dict[tuple[str, str], int] = {}
        for (pos, head), triggers in lexicon.triggers.items():
            for trigger in triggers:
                sure = trigger.event_type in violent and not trigger.needs and not trigger.rest
                self._add(pos, head, STRONG if sure else WEAK)
        for verb in lexicon.reporting.verbs:
            self._add(VERB, verb, TELLING)
        for role in lexicon.roles.values():
            if " " not in role.lemma:
                self._add(NOUN, role.lemma, ARMED if role.armed else POLITICAL if role.kind == "government" else 0)
        for word in lexicon.weapons:
            self._add(NOUN, word, ARMED)
        for word in _TOLL_WORDS:
            self._add(NOUN, word, TOLL)
            self._add(ADJECTIVE, word, TOLL)

    def _add(self, pos: str, lemma: str, flag: int) -> None:
        self._by_lemma[pos, lemma] = self._by_lemma.get((pos, lemma), 0) | flag

    def word(self, word: str) -> int:
        """Return the flags of one folded word."""
        found = self._flags.get(word)
        if found is None:
            lemma = self._lemmatizer.lemma
            found = self._by_lemma.get((NOUN, lemma(word, "noun")), 0)
            found |= self._by_lemma.get((VERB, lemma(word, "verb")), 0)
            found |= self._by_lemma.get((ADJECTIVE, word), 0)
            self._flags[word] = found
        return found

    def flags(self, text: str, segments: Sequence[Segment]) -> list[int]:
        """Return the union of the word flags of each segment."""
        folded = fold(text)
        found = []
        for segment in segments:
            flags = 0
            for word in set(_WORD.findall(folded, segment.start, segment.end)):
                flags |= self.word(word)
            found.append(flags)
        return found


def keep(flags: Sequence[int], segments: Sequence[Segment], hits: Sequence[NameHit]) -> tuple[list[int], bool]:
    """Return the indices of the segments to parse, and whether the document speaks of conflict at all."""
    named = set(range(len(segments))) if len(segments) <= _BRIEF else _named(segments, hits)
    kept = {
        i
        for i, flag in enumerate(flags)
        if flag & STRONG or (flag & WEAK and (i in named or flag & (ARMED | POLITICAL))) or (flag & TOLL and flag & ARMED)
    }
    conflict = any(flags[i] & (STRONG | ARMED) for i in kept)
    if conflict:
        kept |= {i for i, flag in enumerate(flags) if flag & (TELLING | TOLL | ARMED | WEAK)}
    return sorted(kept), conflict


def _named(segments: Sequence[Segment], hits: Sequence[NameHit]) -> set[int]:
    """Indices of the segments in which a known name stands. Both sequences are in text order."""
    found: set[int] = set()
    at = 0
    for hit in hits:
        while at < len(segments) and segments[at].end <= hit.start:
            at += 1
        if at < len(segments) and segments[at].start <= hit.start:
            found.add(at)
    return found
