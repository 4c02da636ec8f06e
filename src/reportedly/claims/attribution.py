"""Room 4, attribution: who tells of an event, how firmly, and what kind of teller that is.

Doors: `account_of(sentence, draft, ...)`, `claimant_kind(...)` and `closed(span, text)`. The innermost named teller is
the claimant; the others are the chain above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.claims.belonging import Words, taken_for
from reportedly.claims.draft import Draft
from reportedly.knowledge.lexicon import Lexicon
from reportedly.knowledge.outlets import OutletIndex
from reportedly.model import ActorRef, ClaimantKind, Span, Stance
from reportedly.model.quick import quick
from reportedly.model.reading import Issuer, Sentence, Telling
from reportedly.model.syntax import Tree

_ARMED_SIDES = frozenset({"rebel_group", "political_militia", "identity_militia", "external_forces"})
_SIDES = _ARMED_SIDES | {"protesters", "rioters"}
_STRENGTH: dict[Stance, int] = {
    "asserted": 0,
    "confirmed": 1,
    "claimed": 1,
    "estimated": 1,
    "alleged": 2,
    "suspected": 3,
    "doubted": 4,
    "denied": 5,
}
_DOUBTING: dict[str, Stance] = {
    "suspected": "suspected",
    "presumed": "suspected",
    "alleged": "alleged",
    "apparent": "suspected",
    "supposed": "alleged",
    "likely": "suspected",
    "possible": "suspected",
    "probable": "suspected",
}
_BY_KIND: dict[str, ClaimantKind] = {
    "international_organisation": "organisation",
    "other": "organisation",
    "company": "organisation",
    "civilians": "witness",
    "government": "authority",
    "state_forces": "authority",
}
_NEWS = frozenset({"online", "newspaper", "agency", "broadcaster", "magazine", "military_media"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "which", "source"})


@quick
@dataclass(frozen=True, slots=True)
class Account:
    """Who tells an event: the tellings that cover it, outermost first, and what follows from the innermost."""

    tellings: tuple[Telling, ...] = ()
    claimant: Telling | None = None
    stance: Stance = "asserted"
    cue: Span | None = None
    content: Span | None = None


def account_of(sentence: Sentence, draft: Draft, words: Words) -> Account:
    """Return the account of the main event word, else of its figures; an empty one is the outlet's own voice.

    `words` are the lists of `grammar.yml`.
    """
    at = sentence.tree[draft.hit.head].start
    telling = [t for t in sentence.tellings if t.stance != "denied" or not _only_related(sentence, draft, t, words)]
    covering = [t for t in telling if t.cue_head not in draft.heads and t.covers(at)]
    covering += [
        t for t in sentence.tellings if t.culprit is not None and draft.found.initiators and _only_blames(t, draft)
    ]
    if not covering and draft.tolls:
        at = draft.tolls[0].start
        covering = [t for t in telling if t.cue_head not in draft.heads and t.covers(at)]
    if not covering:
        return Account(stance=_suspected(sentence, draft, "asserted", words))
    named = [t for t in covering if t.named]
    claimant = _denier(sentence.tree, named) or (named[-1] if named else None)
    source = claimant or covering[-1]
    content = next((c for c in source.content if c.start <= at < c.end), source.content[0])
    stance = _accusing(sentence, draft, claimant, _suspected(sentence, draft, _stance(covering, claimant), words))
    return Account(tuple(named), claimant, stance, source.cue, content)


def _denier(tree: Tree, named: list[Telling]) -> Telling | None:
    """Who "DENIED the report of X that ...": it is his word, and not that of the report."""
    cue = named[-1].cue_head if len(named) > 1 else None
    if cue is None or not tree[cue].is_noun or tree[cue].dep != "dobj":
        return None
    return next((t for t in named if t.stance == "denied" and t.cue_head == tree[cue].head), None)


def issued(account: Account, issuer: Issuer | None, segment: Span) -> Account:
    """The account, by whom the text is issued where its words name no teller and no hearsay."""
    if issuer is None or account.claimant is not None or account.cue is not None:
        return account
    telling = Telling(issuer.issued, (segment,), "asserted", issuer.speaker, (issuer.speaker.span,))
    return Account((telling,), telling, account.stance, issuer.issued, segment)


def closed(span: Span, text: str) -> Span:
    """Return what is told with the closing quotation mark of a quotation that it opens."""
    if span.quote.count("“") <= span.quote.count("”"):
        return span
    end = text.find("”", span.end, span.end + 4)
    return Span.of(text, span.start, end + 1) if end >= 0 else span


def _only_related(sentence: Sentence, draft: Draft, telling: Telling, words: Words) -> bool:
    """ "denied that THE DELAY is RELATED to the arrest of two officers": the arrest is taken as given; not "denied that
    the GROUP is linked to the attack"."""
    tree = sentence.tree
    here = next((a for a in tree.ancestors(draft.hit.head) if tree[a].head == telling.cue_head), None)
    if here is None or tree[here].dep != "ccomp":
        return False
    said = {tree[here].lemma, *(tree[c].lower for c in tree.children(here, "acomp", "attr", "oprd"))}
    about = tree.child(here, "nsubj", "nsubjpass")
    if said.isdisjoint(words["relating_words"]) or about is None or tree.covers(about, draft.hit.head):
        return False
    ref = sentence.actors.get(about)
    body = tree[about].tag == "PRP" or tree[about].lemma in words["moved_forces"] | words["group_nouns"]
    return not body and (ref is None or (ref.kind in {"unknown", "facility"} and ref.actor_id is None))


def _only_blames(telling: Telling, draft: Draft) -> bool:
    """Tell whether the cue itself stands for the deed ("police suspect X"), which nothing else names."""
    return telling.cue_head == draft.hit.head and telling.culprit in draft.found.initiators and draft.violent


def _stance(covering: list[Telling], claimant: Telling | None) -> Stance:
    """The weakest of the claimant's own word and the hedges inside it; what others above them think is their own."""
    own = covering[covering.index(claimant) :] if claimant is not None else covering
    stance = own[-1].stance
    for telling in own:
        if _STRENGTH[telling.stance] > _STRENGTH[stance]:
            stance = telling.stance
    return stance


def _accusing(sentence: Sentence, draft: Draft, claimant: Telling | None, stance: Stance) -> Stance:
    """ "The army said the rebels were behind the attack": whoever says that others are answerable accuses them, and
    whoever says that they are not denies it."""
    if claimant is None or stance != "asserted":
        return stance
    named = [i for i in draft.found.answerable if i != claimant.speaker_head]
    if draft.found.cleared:
        return "denied"
    return "alleged" if any(sentence.tree[i].tag != "PRP" for i in named) else stance


def _suspected(sentence: Sentence, draft: Draft, stance: Stance, words: Words) -> Stance:
    """ "suspected jihadists", "alleged members": the words on the initiator weaken a plain telling."""
    if stance not in {"asserted", "confirmed"}:
        return stance
    if draft.laid:
        return "suspected"
    tree = sentence.tree
    for index in draft.found.initiators:
        for child in tree.children(index, "amod", "compound"):
            if tree[child].lower in _DOUBTING:
                return _DOUBTING[tree[child].lower]
        for _, held in taken_for(tree, index, words):
            if held != "asserted":
                return held
    return stance


# ------------------------------------------------------------------------------------------- kinds of tellers


def claimant_kind(
    ref: ActorRef | None, sides: Iterable[ActorRef], lexicon: Lexicon, outlets: OutletIndex, hedged: bool
) -> ClaimantKind:
    """Return what kind of teller a speaker is; no speaker is the outlet, or an anonymous one behind "reportedly"."""
    if ref is None:
        return "anonymous" if hedged else "outlet"
    if ref.kind in _SIDES or _speaks_for_armed(ref, lexicon) or any(_is_side(ref, s, lexicon) for s in sides):
        return "party"
    if ref.kind == "international_organisation":
        return "organisation"
    outlet = outlets.named(ref.span.quote) or (outlets.named(ref.name) if ref.name else None)
    if ref.kind == "media" or (outlet is not None and outlet.kind in _NEWS):
        return "media"
    if outlet is not None and _by_words(ref, lexicon) != "media":
        return "organisation"
    return _by_words(ref, lexicon)


def _by_words(ref: ActorRef, lexicon: Lexicon) -> ClaimantKind:
    """The kind that the words themselves give, the last words first, else that of the actor."""
    told = ref.name if ref.name and ref.role in _PRONOUNS else ref.span.quote  # "THEY said", of residents
    words = list(_words(told))
    for size in (2, 1):
        for at in range(len(words) - size, -1, -1):
            kind = lexicon.speakers_of(" ".join(words[at : at + size]))
            if kind is not None:
                return kind
    if ref.role is not None and (kind := lexicon.speakers_of(ref.role)) is not None:
        return kind
    if ref.role in _PRONOUNS and ref.actor_id is None:
        return "anonymous"
    return _BY_KIND.get(ref.kind, "organisation")


def _words(quote: str) -> Iterator[str]:
    for word in quote.lower().replace("’", "'").split():
        yield word.strip(".,").removesuffix("'s").removesuffix("'")


def _speaks_for_armed(ref: ActorRef, lexicon: Lexicon) -> bool:
    """ "a rebel commander", "the group's spokesman", "a militia leader": who speaks for an armed side is one of it."""
    words = list(_words(ref.span.quote))
    if ref.kind not in {"unknown", "government", "other", "state_forces"} or len(words) < 2:
        return False
    return any(
        lexicon.modifier_kinds.get(w) in _ARMED_SIDES or _role_kind(w, lexicon) in _ARMED_SIDES for w in words[:-1]
    )


def _role_kind(word: str, lexicon: Lexicon) -> str | None:
    role = lexicon.roles.get(word)
    return role.kind if role is not None and role.armed else None


def _is_side(ref: ActorRef, side: ActorRef, lexicon: Lexicon) -> bool:
    """Tell whether a speaker is a side of the event: the same actor, or the army of "its troops"."""
    if ref.span == side.span or (ref.actor_id is not None and ref.actor_id == side.actor_id):
        return True
    if ref.country is not None and side.country is not None and ref.country != side.country:
        return False
    fighters = side.kind == "unknown" and side.role is not None and _role_kind(side.role, lexicon) is not None
    if (side.kind != "state_forces" and not fighters) or ref.role == "source":
        return False
    return ref.kind == "state_forces" or any(_role_kind(w, lexicon) == "state_forces" for w in _words(ref.span.quote))
