"""Room 4, confidence: how sure the program is that it read the words of a claim rightly. Never how true they are.

Doors: `signs_of(...)`, what is known of a reading when it is made, and `confidence(signs, model)`. The weights are
fitted by `bench/calibrate.py` and stand in `knowledge/data/confidence.yml`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from reportedly.claims.attribution import Account
from reportedly.claims.coreference import PRONOUNS
from reportedly.claims.draft import GENERIC, HARM, Draft
from reportedly.claims.view import View
from reportedly.knowledge.confidence import Confidence
from reportedly.knowledge.lexicon import NOUN, VERB
from reportedly.model import ActorRef, Claim
from reportedly.model.reading import Sentence

LOWEST, HIGHEST = 0.02, 0.98  # nothing read by rules is as good as certain, either way
_LONG = 40  # tokens: of the sentences of news few are longer
_MANY = 6  # sentences with words of violence: a text with so many is a report of it
_WEAK_STANCES = frozenset({"alleged", "suspected", "doubted", "denied"})
_OPENING = 3  # sentences in which news is told; what follows is background more often


def signs_of(view: View, claim: Claim, draft: Draft, account: Account) -> Mapping[str, float]:
    """Return the signs of a sound or shaky reading, each from 0 to 1; those that are 0 left out."""
    sentence = view.sentence
    found: dict[str, bool | float] = {
        **_event(claim, draft, sentence),
        **_parties(claim, draft, sentence),
        **_circumstances(claim, sentence),
        **_telling(claim, account),
        "opening": sentence.index < _OPENING,
        "in_violence": min(1.0, view.story.violent / _MANY),
        "long_sentence": min(1.0, len(sentence.tree) / _LONG),
    }
    return {name: value * 1.0 for name, value in found.items() if value}


def _event(claim: Claim, draft: Draft, sentence: Sentence) -> Mapping[str, bool | float]:
    """How surely the words name this event."""
    depth = len(sentence.tree.ancestors(draft.hit.head))
    return {
        "violent": claim.violent,
        "noun": draft.hit.pos == NOUN,
        "plural_noun": draft.hit.pos == NOUN and sentence.tree[draft.hit.head].tag in {"NNS", "NNPS"},
        "adjective": draft.hit.pos not in {NOUN, VERB},
        "phrase": len(draft.hit.tokens) > 1,
        "condition": bool(draft.hit.needs),
        "only_harm": claim.event_type in HARM,
        "general_type": claim.event_type in GENERIC and claim.event_type not in HARM,
        "several_words": len(draft.heads) > 1,
        "several_events": len({h.head for h in sentence.triggers}) > len(draft.heads),
        "depth": min(1.0, depth / 6),
        "governed": bool(draft.governed.effects),
        "not_actual": claim.modality in {"planned", "threatened", "hypothetical", "attempted"},
        "past": claim.modality == "historical",
        "aggregate": claim.aggregate,
    }


def _parties(claim: Claim, draft: Draft, sentence: Sentence) -> Mapping[str, bool | float]:
    """How surely the parties are who they are taken for."""
    given, both = len(draft.found.initiators) + len(draft.found.targets), (*claim.initiators, *claim.targets)
    return {
        "initiator": bool(claim.initiators),
        "initiator_known": _known(claim.initiators),
        "initiator_vague": any(a.kind == "unknown" and a.actor_id is None for a in claim.initiators),
        "target": bool(claim.targets),
        "target_known": _known(claim.targets),
        "target_vague": any(a.kind == "unknown" and a.actor_id is None for a in claim.targets),
        "pronoun": any((a.role or "") in PRONOUNS and a.actor_id is None for a in both),
        "carried": any(_carried(a, sentence) for a in both),
        "unread_party": given > len(both),
    }


def _known(refs: Iterable[ActorRef]) -> bool:
    return any(ref.actor_id is not None for ref in refs)


def _carried(ref: ActorRef, sentence: Sentence) -> bool:
    """Tell whether somebody stands for words that do not name him: a pronoun, "the group"."""
    at = ref.span
    alike = (a for a in sentence.actors.values() if a.span.start == at.start)
    return not any(a.span == at and a.actor_id == ref.actor_id for a in alike)


def _circumstances(claim: Claim, sentence: Sentence) -> Mapping[str, bool | float]:
    """Figures, weapons, place and time, and whether they stand in the sentence itself."""
    place, when = claim.place, claim.when
    return {
        "toll": any(t.qualifier != "none" for t in claim.tolls),
        "toll_vague": any(t.qualifier == "vague" for t in claim.tolls),
        "means": bool(claim.means),
        "place": place is not None and place in sentence.places,
        "place_carried": place is not None and place not in sentence.places,
        "when": when is not None and when.basis != "publication",
    }


def _telling(claim: Claim, account: Account) -> Mapping[str, bool | float]:
    """Who tells it, and how."""
    return {
        "told": account.claimant is not None,
        "weak_stance": claim.stance in _WEAK_STANCES,
    }


def confidence(signs: Mapping[str, float], model: Confidence, *, brief: bool) -> float:
    """Return the probability that a reading with these signs is right; `brief`: in a text that is no article."""
    weights = model.weights
    terms = (weights.get(n, 0.0) * v for n, v in signs.items())
    if brief:
        terms = (model.weight(n, brief) * v for n, v in signs.items())
    score = model.base(brief) + sum(terms)
    return round(max(LOWEST, min(HIGHEST, 1.0 / (1.0 + math.exp(-score)))), 2)
