"""Room 3, screening: which segments are worth parsing. Cheap: one look at each word, answers remembered.

Words that evoke violence by themselves keep their segment. Words that need company (an armed actor, a named country or
body, the second word of their phrase) keep it when they have it. In a document that speaks of conflict, segments in
which somebody is quoted or harm is counted are kept as well; everywhere those in which a known armed actor is called
guilty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.knowledge.fold import fold
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN, VERB, Lexicon
from reportedly.mentions.names import NameHit
from reportedly.mentions.parser import Lemmatizer
from reportedly.mentions.remembered import Remembered
from reportedly.model import Segment
from reportedly.model.trace import Trace

# Arrests, releases and flight are worth reading wherever a text tells of violence: they follow it, often without names.
_TAKING = frozenset({"coercion.arrest", "retreat.release", "displacement.flight"})
_WORD = re.compile(r"[^\W\d_]+")
STRONG, VIOLENT, WEAK, TELLING, ARMED, TOLL, POLITICAL, GUILT, TAKING, WHERE, DOUBT = (1 << i for i in range(11))
# Harm by nobody's doing, surely or only in a text that tells of no violence: the event type, its two flags.
MISHAPS = {"apart.accident": (1 << 11, 1 << 12), "apart.disaster": (1 << 13, 1 << 14)}
# In a headline or a single sentence there is nothing else to go by: every event word is worth a parse.
BRIEF = 3


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word form may be: its flags, its lemmas, and the phrases that it may head (their other words, flag)."""

    flags: int
    forms: frozenset[str]
    phrases: tuple[tuple[frozenset[str], int], ...]


class Screen:
    """Sorts segments by the words in them."""

    def __init__(self, lexicon: Lexicon, lemmatizer: Lemmatizer, violent: frozenset[str]) -> None:
        self._lemmatizer = lemmatizer
        self._known = Remembered(self._read)
        self._flags: dict[tuple[str, str], int] = {}
        self._phrases: dict[tuple[str, str], list[tuple[frozenset[str], int]]] = {}
        for (pos, head), triggers in lexicon.triggers.items():
            for trigger in triggers:
                deadly = not lexicon.words["deadly_words"].isdisjoint(trigger.rest)
                sure = not trigger.needs and (head not in lexicon.everyday or deadly)
                flag = (STRONG if sure else VIOLENT) if trigger.event_type in violent else WEAK
                flag |= TAKING if trigger.event_type in _TAKING else 0
                if trigger.rest:
                    self._phrases.setdefault((pos, head), []).append((frozenset(trigger.rest), flag))
                else:
                    self._add(pos, head, flag)
        self._add_words(lexicon)
        self._add_mishaps(lexicon)

    def _add_words(self, lexicon: Lexicon) -> None:
        for verb in lexicon.reporting.verbs:
            self._add(VERB, verb, TELLING)
        for role in lexicon.roles.values():
            if " " not in role.lemma and role.lemma not in lexicon.everyday:
                self._add(NOUN, role.lemma, ARMED if role.armed else POLITICAL if role.kind == "government" else 0)
        for word in lexicon.weapons:
            if word not in lexicon.everyday:
                self._add(NOUN, word, ARMED)
        guilt = ("deed_nouns", "guilt_words", "part_nouns", "perpetrators", "left_signs", "screened_guilt")
        for word in frozenset().union(*(lexicon.words[name] for name in guilt)):
            self._add(NOUN, word, GUILT)
            self._add(ADJECTIVE, word, GUILT)
        blame = lexicon.reporting.blame
        accusing = blame["object_of"] | blame["to"] | (blame["object_for"] & blame["on"])
        for verb in accusing | blame["responsibility_deny"]:
            self._add(VERB, verb, GUILT)
        for verb in lexicon.words["occurring_verbs"]:  # "the incident OCCURRED in X"
            deeds = [(frozenset({noun}), WHERE) for noun in sorted(lexicon.words["deed_nouns"])]
            self._phrases.setdefault((VERB, verb), []).extend(deeds)
        for word in lexicon.words["screened_doubts"]:
            for pos in (NOUN, VERB, ADJECTIVE):
                self._add(pos, word, DOUBT)
        for word in lexicon.words["screened_action"]:
            self._add(NOUN, word, STRONG)
        for word in lexicon.words["screened_armed"]:
            self._add(ADJECTIVE, word, ARMED)
        for word in lexicon.words["screened_harm"]:
            self._add(NOUN, word, TOLL)
            self._add(ADJECTIVE, word, TOLL)

    def _add_mishaps(self, lexicon: Lexicon) -> None:
        for becomes, words in lexicon.apart.mishaps.items():
            sure, calm = MISHAPS[becomes]
            for pos, single in ((NOUN, words.nouns), (VERB, words.verbs)):
                for word in single:
                    self._add(pos, word, sure)
            for phrases, flag in ((words.phrases, sure), (words.calm, calm)):
                for phrase in phrases:
                    head, *rest = phrase.split()
                    self._phrases.setdefault((NOUN, head), []).append((frozenset(rest), flag))

    def _add(self, pos: str, lemma: str, flag: int) -> None:
        self._flags[pos, lemma] = self._flags.get((pos, lemma), 0) | flag

    def _read(self, word: str) -> _Word:
        keys = [
            (NOUN, self._lemmatizer.lemma(word, "noun")),
            (VERB, self._lemmatizer.lemma(word, "verb")),
            (ADJECTIVE, word),
        ]
        flags = 0
        for key in keys:
            flags |= self._flags.get(key, 0)
        phrases = tuple(p for key in keys for p in self._phrases.get(key, ()))
        return _Word(flags, frozenset(form for _, form in keys), phrases)

    def words(self, words: Iterable[str]) -> int:
        """Return the flags of folded words, each by itself."""
        known, flags = self._known, 0
        for word in words:
            flags |= known[word].flags
        return flags

    def forms(self, text: str) -> frozenset[str]:
        """Return the lemmas that the words of a text may have."""
        known = self._known
        return frozenset().union(*(known[w].forms for w in set(_WORD.findall(fold(text)))))

    def flags(self, text: str, segments: Sequence[Segment]) -> list[int]:
        """Return the flags of each segment: those of its words, and of the phrases whose words all stand in it."""
        folded, known = fold(text), self._known
        found = []
        for segment in segments:
            words = set(_WORD.findall(folded, segment.start, segment.end))
            flags, heads = 0, []
            for word in words:
                one = known[word]
                flags |= one.flags
                if one.phrases:
                    heads.append(one.phrases)
            open_phrases = [(rest, flag) for phrases in heads for rest, flag in phrases if flags | flag != flags]
            if open_phrases:
                forms = frozenset().union(*(known[w].forms for w in words))
                for rest, flag in open_phrases:
                    if flags | flag != flags and rest <= forms:
                        flags |= flag
            found.append(flags)
        return found


def keep(
    flags: Sequence[int],
    segments: Sequence[Segment],
    hits: Sequence[NameHit],
    armed: frozenset[str],
    *,
    conflict: bool = False,
) -> tuple[list[int], bool]:
    """Return the indices of the segments to parse, and whether the document speaks of conflict at all.

    `armed` are the ids of known armed actors; `conflict` where it is known already that it does.
    """
    named = set(range(len(segments))) if len(segments) <= BRIEF else _named(segments, hits)
    fighting = _named(segments, [h for h in hits if h.sort == "actor" and not armed.isdisjoint(h.ids)])
    conflict = conflict or any(
        f & STRONG or (f & (VIOLENT | TOLL) and (f & ARMED or i in fighting)) for i, f in enumerate(flags)
    )
    if not conflict and any(flags[i] & GUILT for i in fighting):  # what may be harm, and a group called guilty
        conflict = any(f & (VIOLENT | TOLL) for f in flags)
    kept = {i for i, f in enumerate(flags) if _worth(f, i in named, i in fighting, conflict)}
    if conflict:
        told = {i for i, f in enumerate(flags) if f & TELLING and _beside(segments, i, kept)}
        kept |= told | {i for i, f in enumerate(flags) if f & DOUBT and i - 1 in kept}
    return sorted(kept), conflict


def note_left(
    trace: Trace, flags: Sequence[int], segments: Sequence[Segment], kept: Sequence[int], conflict: bool
) -> None:
    """Note why the segments that are not kept are not parsed."""
    scene = "a document that speaks of conflict" if conflict else "a document that does not speak of conflict"
    for index in sorted(set(range(len(segments))) - set(kept)):
        words = [name for flag, name in _FLAG_WORDS if flags[index] & flag]
        had = f"only {', '.join(words)}" if words else "no word of an event"
        trace.refuse(segments[index].start, segments[index].end, "screen", f"not parsed: {had}, in {scene}")


_FLAG_WORDS = (
    (STRONG, "words of violence"),
    (VIOLENT, "words that may be of violence (no armed actor and no known name beside them)"),
    (WEAK, "words of other events (no known name beside them)"),
    (TAKING, "words of arrests, releases and flight"),
    (TELLING, "words of telling"),
    (ARMED, "words for arms or armed people"),
    (TOLL, "words of harm"),
    (POLITICAL, "words for people in office"),
    (GUILT, "words of deeds and guilt (no known armed actor beside them)"),
    (WHERE, "words of where a deed was"),
    (DOUBT, "words of what could not be verified"),
)


def _beside(segments: Sequence[Segment], index: int, kept: set[int]) -> bool:
    """Tell whether a kept segment of the same paragraph stands next to this one: its speaker may speak on here."""
    return any(
        near in kept and segments[near].paragraph == segments[index].paragraph
        for near in (index - 1, index + 1)
        if 0 <= near < len(segments)
    )


def _worth(flag: int, named: bool, fighting: bool, conflict: bool) -> bool:
    if flag & STRONG:
        return True
    if conflict and flag & (VIOLENT | TOLL | ARMED | TAKING | WHERE):
        return True
    if flag & VIOLENT and (flag & ARMED or fighting or named):
        return True
    if flag & GUILT and fighting:
        return True
    return bool(flag & WEAK) and (named or bool(flag & POLITICAL and conflict))


def _named(segments: Sequence[Segment], hits: Sequence[NameHit]) -> set[int]:
    """Indices of the segments in which one of the names stands. Both sequences are in text order."""
    found: set[int] = set()
    at = 0
    for hit in hits:
        while at < len(segments) and segments[at].end <= hit.start:
            at += 1
        if at < len(segments) and segments[at].start <= hit.start:
            found.add(at)
    return found
