"""Accounts: whose word a claim is, how firm, what kind of teller, and who "we" and "it" are in what is said."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from reportedly import Claim, Reader, Span, document_from_text, load_reader
from reportedly.claims.attribution import claimant_kind
from reportedly.claims.coreference import self_named
from reportedly.claims.speakers import Speakers
from reportedly.model import ActorRef
from reportedly.model.reading import Telling


@cache
def reader() -> Reader:
    """Load the reader once."""
    return load_reader()


def claims_of(text: str) -> list[Claim]:
    """Read the claims of a text."""
    return list(reader().extract(document_from_text(text)).claims)


def ref(text: str, words: str, kind: str = "unknown", role: str | None = None, actor: str | None = None) -> ActorRef:
    """A reference to somebody by words of the text."""
    start = text.index(words)
    span = Span.of(text, start, start + len(words))
    return ActorRef(span, actor, words, None, kind, None, role)  # type: ignore[arg-type]


def told(text: str, speaker: ActorRef, content: str, cue: str = "said") -> Telling:
    """A telling by a speaker, its content and cue given by words."""
    spans = [Span.of(text, text.index(w), text.index(w) + len(w)) for w in (cue, content)]
    return Telling(spans[0], (spans[1],), "asserted", speaker, (speaker.span,), 1, 2)


def test_clauses_of_different_owners_are_claims_of_their_own() -> None:
    """Each side's figure is its own; the outlet's clause stays the outlet's."""
    text = "The blast killed nine people. JNIM said it had killed 15 soldiers."
    owners = {t.low: c.claimant.span.quote if c.claimant else None for c in claims_of(text) for t in c.tolls}
    assert owners == {9: None, 15: "JNIM"}


def test_chain_is_outermost_first_and_ends_with_the_claimant() -> None:
    """The army passes on what residents say."""
    (claim,) = claims_of("The army said residents had reported that bandits killed seven herders.")
    assert [a.span.quote for a in claim.attribution] == ["army", "residents"]
    assert claim.claimant == claim.attribution[-1]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army denied killing nine civilians.", "denied"),
        ("The army said it had not killed the 30 prisoners.", "denied"),
        ("The rebels are believed to have killed 40 villagers.", "suspected"),
        ("Residents accused soldiers of killing nine men.", "alleged"),
        ("JNIM claimed to have killed 15 soldiers.", "claimed"),
        ("Suspected jihadists killed 22 villagers.", "suspected"),
        ("Three soldiers were allegedly killed by rebels.", "alleged"),
    ],
)
def test_stance_by_the_words(text: str, stance: str) -> None:
    """The claim with the figure has the stance of its words."""
    assert {c.stance for c in claims_of(text) if c.tolls} == {stance}


def test_we_is_the_speaker() -> None:
    """In what a group says "we" is the group, and so is "it"; somebody named before "it" leaves it open."""
    text = "The group said we killed them as rebels fled and it burned."
    group = ref(text, "group", "rebel_group", "group", "x")
    telling = told(text, group, "we killed them as rebels fled and it burned")
    rebels = ref(text, "rebels", "rebel_group", "rebel")
    it = replace(ref(text, "it burned"), role="it")
    assert self_named(ref(text, "we", role="we"), [telling], [group, rebels], reader().knowledge.lexicon) == group
    assert self_named(it, [telling], [group], reader().knowledge.lexicon) == group
    assert self_named(it, [telling], [group, rebels], reader().knowledge.lexicon) == it


def test_spokesman_says_we_of_his_group() -> None:
    """Who speaks for a group says "we" of the group."""
    text = "The group's spokesman said we killed them."
    speaker = ref(text, "group's spokesman", "government", "spokesman")
    group = ref(text, "group", "rebel_group", "group")
    telling = told(text, speaker, "we killed them")
    assert self_named(ref(text, "we", role="we"), [telling], [speaker, group], reader().knowledge.lexicon) == group


def test_no_minister_is_an_it() -> None:
    """What a person calls "it" is not that person; a body may be."""
    text = "The minister said it burned a depot."
    it = ref(text, "it burned", role="it")
    person = ref(text, "minister", "government", "minister")
    body = replace(person, role="ministry")
    for speaker, wanted in ((person, it), (body, body)):
        telling = told(text, speaker, "it burned a depot")
        assert self_named(it, [telling], [speaker], reader().knowledge.lexicon) == wanted


def test_he_added_carries_the_speaker() -> None:
    """A pronoun that speaks is the last speaker, for a few sentences, and never one named later."""
    text = "The governor said six died. He said nine fled."
    governor, he = ref(text, "governor", "government", "governor"), ref(text, "He", role="he")
    speakers = Speakers(reader().knowledge.lexicon)
    speakers.resolve(told(text, governor, "six died"), {1: governor}, 0)
    near = speakers.resolve(told(text, he, "nine fled"), {1: he}, 1)
    far = speakers.resolve(told(text, he, "nine fled"), {1: he}, 9)
    assert near.speaker is not None
    assert (near.speaker.name, near.speaker.span) == ("governor", he.span)
    assert far.speaker == he


@pytest.mark.parametrize(
    ("words", "kind", "role", "expected"),
    [
        ("two residents", "civilians", "resident", "witness"),
        ("a rebel commander", "unknown", "commander", "party"),
        ("the interior ministry", "government", "ministry", "authority"),
        ("the governor", "government", "governor", "authority"),
        ("a rights group", "unknown", "group", "organisation"),
        ("local media", "media", "medium", "media"),
        ("a source", "unknown", "source", "anonymous"),
        ("protesters", "protesters", "protester", "party"),
    ],
)
def test_kind_of_teller(words: str, kind: str, role: str, expected: str) -> None:
    """By who speaks."""
    known = reader().knowledge
    assert claimant_kind(ref(words, words, kind, role), (), known.lexicon, known.outlets, False) == expected


def test_army_is_a_party_beside_its_troops() -> None:
    """An army is a side where troops act, unless they are another country's."""
    known = reader().knowledge
    text = "the army its troops"
    army, troops = ref(text, "army", "state_forces", "army"), ref(text, "troops", "state_forces", "troop")
    foreign = replace(troops, country="RW")
    home = replace(army, country="CD")
    kinds = [claimant_kind(a, (s,), known.lexicon, known.outlets, False) for a, s in ((army, troops), (home, foreign))]
    assert kinds == ["party", "authority"]


def test_nobody_is_the_outlet_or_anonymous() -> None:
    """No speaker: the outlet's own voice, or, behind "reportedly", an anonymous one."""
    known = reader().knowledge
    kinds = [claimant_kind(None, (), known.lexicon, known.outlets, hedged) for hedged in (False, True)]
    assert kinds == ["outlet", "anonymous"]
