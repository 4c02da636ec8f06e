"""Room 3, mishaps: harm by nobody's doing, told over several sentences ("Two trains collided. Dozens were killed").

Doors: `find_mishaps(flags, segments, grimness)`, then `as_mishaps(sentences, mishaps, lexicon, trace)`. In a text that
tells of no violence all harm without a doer is of the mishap; elsewhere what follows it in its paragraph is. The words
stand in `lexicon/<language>/apart.yml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import VERB, Lexicon
from reportedly.mentions.screen import MISHAPS
from reportedly.mentions.topics import doer_of
from reportedly.model import Segment
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.trace import Trace

_HARM = frozenset({"attack.killing", "attack.injury", "abduction.disappearance", "destruction.property"})
_BY_ARMS = 2  # the grimness of a sentence that names attackers or their weapons


@dataclass(frozen=True, slots=True)
class Mishap:
    """A segment that tells of a mishap: where it starts, its paragraph, the event type of the harm that it did; `sure`
    where violence elsewhere in the text says nothing against it."""

    start: int
    paragraph: int
    becomes: str
    sure: bool


def find_mishaps(
    flags: Sequence[int], segments: Sequence[Segment], grimness: Callable[[Segment], int]
) -> tuple[Mishap, ...]:
    """Return the mishaps that a text tells of, by the flags of its segments; none where arms stand beside the words."""
    found = []
    for segment, flag in zip(segments, flags, strict=True):
        for becomes, (sure, calm) in MISHAPS.items():
            if flag & (sure | calm) and grimness(segment) < _BY_ARMS:
                found.append(Mishap(segment.start, segment.paragraph, becomes, bool(flag & sure)))
    return tuple(found)


def as_mishaps(
    sentences: tuple[Sentence, ...], mishaps: Sequence[Mishap], lexicon: Lexicon, trace: Trace
) -> tuple[Sentence, ...]:
    """The sentences, with harm that a mishap did under its own type."""
    violent = [s for s in sentences if _tells_violence(s, lexicon)]
    if violent:
        mishaps = [m for m in mishaps if m.sure]
    if not mishaps:
        return sentences
    return tuple(_read_as(s, _mishap_of(s, mishaps, violent), lexicon, trace) for s in sentences)


def _mishap_of(sentence: Sentence, mishaps: Sequence[Mishap], violent: Sequence[Sentence]) -> Mishap | None:
    """The mishap whose harm a sentence would tell of: the last before it, with no violence told since; in a calm text
    else the first after it ("Nine were killed on Monday. A landslide buried their homes")."""
    before = [m for m in mishaps if m.start <= sentence.tree.end]
    if not violent:
        return before[-1] if before else mishaps[0]
    near = [m for m in before if m.paragraph == sentence.paragraph]
    if not near or any(near[-1].start <= v.tree.start <= sentence.tree.start for v in violent):
        return None
    return near[-1]


def _read_as(sentence: Sentence, mishap: Mishap | None, lexicon: Lexicon, trace: Trace) -> Sentence:
    if mishap is None or lexicon.apart.grimness(sentence.tree.forms) >= _BY_ARMS:
        return sentence
    held = set(_bare(sentence, lexicon))
    for hit in sorted(held, key=lambda h: h.tokens):
        token = sentence.tree[hit.head]
        trace.note(token.start, token.end, "event", "harm by a mishap (apart.yml)", mishap.becomes, token.start)
    hits = tuple(replace(h, event_type=mishap.becomes) if h in held else h for h in sentence.triggers)
    return replace(sentence, triggers=hits, mishap=mishap.becomes)


def _tells_violence(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Tell whether somebody does harm in a sentence, or arms stand beside the harm. Other types of the words of bare
    harm are alternatives that nobody's doing leaves out."""
    heads = {h.head for h in sentence.triggers if is_violent(h.event_type)}
    return bool(heads.difference(h.head for h in _bare(sentence, lexicon)))


def _bare(sentence: Sentence, lexicon: Lexicon) -> Iterator[TriggerHit]:
    """The words of harm that nobody does."""
    harm = [h for h in sentence.triggers if h.event_type in _HARM]
    if not harm or lexicon.apart.grimness(sentence.tree.forms) >= _BY_ARMS:
        return
    yield from (h for h in harm if not _is_done(sentence, h, lexicon))


def _is_done(sentence: Sentence, hit: TriggerHit, lexicon: Lexicon) -> bool:
    """Tell whether people, their arms or a body with a name do what a word says."""
    if hit.frame == "die" or hit.event_type == "abduction.disappearance":
        return False
    if hit.pos != VERB:
        return hit.event_type == "attack.killing" and hit.frame == "act"
    doer = doer_of(sentence.tree, hit.head)
    if doer is None:
        return False
    lemma = sentence.tree[doer].lemma
    return doer in sentence.actors or lemma in lexicon.roles or lemma in lexicon.weapons
