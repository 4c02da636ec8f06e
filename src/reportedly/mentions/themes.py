"""Room 3, themes: texts about something else, whose words of violence are the plot of a play or the course of a match.

Doors: `tells_news(sentences, places, lexicon)`, `theme_of(apart, forms, sentences)`, `without_figures(sentences, theme,
trace)`. A text that
somewhere tells of harm by arms, in a place that it names or by the word of somebody in office, is news, whatever it
speaks of besides.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.apart import Apart, Theme, is_violent
from reportedly.knowledge.lexicon import Lexicon
from reportedly.mentions.places import PlaceMention
from reportedly.model import ARMED_KINDS
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.trace import Trace

# How much the words of a text have to speak for a theme: so much at least, and so much of all its words.
_ASKED, _SHARE = 6, 0.03
_PRESENT = frozenset({"VBZ", "VBP", "VB"})
_IN_OFFICE = frozenset({"government", "state_forces", "international_organisation"})


def theme_of(apart: Apart, forms: frozenset[str], sentences: Sequence[Sentence]) -> Theme | None:
    """Return what a text with these words is about above all; None where nothing stands out."""
    present = sum(is_violent(h.event_type) and _in_present(s, h) for s in sentences for h in s.triggers)
    weight, best = max(((t.weight(forms, present), t) for t in apart.themes), key=lambda found: found[0])
    return best if weight >= max(_ASKED, _SHARE * len(forms)) else None


def tells_news(sentences: Sequence[Sentence], places: Sequence[PlaceMention], lexicon: Lexicon) -> bool:
    """Tell whether a text tells of violence as news does, whatever it is about: most do in their first sentence."""
    named = [p.span.start for p in places if not p.weak and not p.inside_name and (p.candidates or p.generic)]
    return any(_is_news(s, named, lexicon) for s in sentences)


def without_figures(sentences: Sequence[Sentence], theme: Theme, trace: Trace) -> tuple[Sentence, ...]:
    """The sentences without their words of violence."""
    return tuple(_calmed(s, theme, trace) for s in sentences)


def _calmed(sentence: Sentence, theme: Theme, trace: Trace) -> Sentence:
    held = [h for h in sentence.triggers if is_violent(h.event_type)]
    for hit in held:
        token = sentence.tree[hit.head]
        reason = f"the text is about something else: {theme.name} (apart.yml)"
        trace.refuse(token.start, token.end, "event", reason, hit.event_type, token.start)
    kept = tuple(h for h in sentence.triggers if h not in held)
    counted = any(h.event_type.startswith("apart.") for h in kept) or (kept and not held)
    return replace(sentence, triggers=kept, quantities=sentence.quantities if counted else (), violent=False)


def _is_news(sentence: Sentence, places: Sequence[int], lexicon: Lexicon) -> bool:
    """Tell whether a sentence tells of harm by arms, or of people harmed, with who or what stands for it."""
    hits = [h for h in sentence.triggers if is_violent(h.event_type) and not _in_present(sentence, h)]
    if not hits:
        return False
    counted = bool(sentence.quantities) and any(h.event_type in _HARMED for h in hits)
    if not counted and not lexicon.apart.grimness(sentence.tree.lemmas):
        return False
    return _is_anchored(sentence, places)


_HARMED = frozenset({"attack.killing", "attack.injury", "attack.shooting", "attack.assassination", "attack.massacre"})


def _in_present(sentence: Sentence, hit: TriggerHit) -> bool:
    """ "A banker IS FOUND stabbed", "two hitmen ARGUE": plots are told in the present."""
    tree = sentence.tree
    verbs = (hit.head, *tree.children(hit.head, "aux", "auxpass"))
    tags = {tree[i].tag for i in verbs if tree[i].is_verb}
    return bool(tags) and "VBD" not in tags and not tags.isdisjoint(_PRESENT)


def _is_anchored(sentence: Sentence, places: Sequence[int]) -> bool:
    """Tell whether a place, a known armed body or somebody in office who speaks stands in the sentence."""
    tree = sentence.tree
    if any(a.actor_id and a.kind in ARMED_KINDS for a in sentence.actors.values()):
        return True
    if any(t.speaker is not None and t.speaker.kind in _IN_OFFICE for t in sentence.tellings):
        return True
    tellers = [(s.start, s.end) for t in sentence.tellings for s in t.source]
    here = (p for p in places if tree.start <= p < tree.end)
    return any(not any(start <= p < end for start, end in tellers) for p in here)
