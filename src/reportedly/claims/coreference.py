"""Room 4, coreference: what pronouns and definite descriptions stand for, or nothing.

Doors: `Memory.resolve(ref, sentence, text)`; `self_named(ref, tellings, others, lexicon)` for "we" and "it" in what
somebody says. A short form is resolved to the one fitting actor named shortly before; when two fit equally, it stays
unresolved: a wrong name is worse than none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.claims.descriptions import bears_a_name, definite, identity, own_militia
from reportedly.knowledge.lexicon import Lexicon
from reportedly.model import ARMED_KINDS, GROUP_KINDS, ActorKind, ActorRef
from reportedly.model.quick import quick, replace
from reportedly.model.reading import Telling

_NOBODY = frozenset({"unknown", "facility"})
_FAR_BELOW = 600  # characters to the one name of a group that may be that of "the rebels" of a text
_REACH = 6  # sentences back that a description may reach; pronouns reach two
_ANY_GROUP = frozenset({"group", "organisation", "organization", "movement", "side", "party", "force"})
_RECENT = 20  # references looked back through for a pronoun
_OFTEN = 2  # times that a text names the one group that its "rebels" are
_GOING_ON = 2  # sentences back to the act of violence whose doer a text goes on speaking of
_PLURAL = frozenset({"they", "them", "their", "both"})
BODY = frozenset({"it", "its"})
SELVES = frozenset({"it", "they", "them"})  # by which a body may mean itself in what it says
PERSON = frozenset({"he", "she", "him", "her", "his"})
FIRST = frozenset({"we", "us", "our", "ours", "i", "me", "my"})
_SPEAKERS_OWN = FIRST | _PLURAL | BODY
_SPEAKING_KINDS = frozenset({"government", "civilians", "state_forces"})
PRONOUNS = _PLURAL | BODY | PERSON | FIRST | frozenset({"who", "which", "that", "this", "these", "those"})
_BODIES = frozenset(
    {
        "rebel_group",
        "political_militia",
        "identity_militia",
        "external_forces",
        "state_forces",
        "government",
        "international_organisation",
        "other",
        "company",
        "media",
        "unknown",
    }
)
# Nouns for one person who speaks, besides those for people of all walks of life; and those that are many people.
_ONE = frozenset(
    {"governor", "mayor", "president", "minister", "official", "prefect", "chief", "commander", "ambassador"}
)
_MANY = frozenset({"people", "family", "household", "couple", "youth", "crew", "population"})
_BY_ROLE: dict[str, frozenset[str]] = {
    **dict.fromkeys(sorted(GROUP_KINDS), GROUP_KINDS),
    "state_forces": frozenset({"state_forces"}),
    "government": frozenset({"government"}),
}


@quick
@dataclass(frozen=True, slots=True)
class _Seen:
    ref: ActorRef
    sentence: int


class Memory:
    """The actors that a document has named so far, in text order."""

    def __init__(self, home: str | None, lexicon: Lexicon, cast: Iterable[ActorRef] = ()) -> None:
        """`cast`: all actors that the document names anywhere."""
        self._seen: list[_Seen] = []
        self._acting: _Seen | None = None
        self._spoke: _Seen | None = None
        groups = [r for r in cast if r.actor_id and r.kind in GROUP_KINDS]
        self._groups_named = {r.actor_id: r for r in groups}
        self._often_named = {i for i, times in Counter(r.actor_id for r in groups).items() if times >= _OFTEN}
        self._groups = lexicon.words["group_nouns"]
        self._doers = lexicon.words["perpetrators"]
        self._called: dict[str, dict[str | None, ActorRef]] = {}
        self._nameless = False
        self._acted: set[str] = set()
        self._sure = lexicon.words["war_parties"]
        self._parties = self._sure | lexicon.words["loose_parties"]
        self._forms = lexicon.words["war_party_forms"]
        self._state_bodies = lexicon.state_bodies
        self._home = home

    def note(self, refs: Iterable[ActorRef], sentence: int) -> None:
        """Remember the named actors of a sentence."""
        named = [r for r in refs if r.actor_id or (r.name and r.role is not None and r.kind not in _NOBODY)]
        self._seen += [_Seen(ref, sentence) for ref in sorted(named, key=lambda r: r.span.start)]

    def note_acting(self, initiators: Sequence[ActorRef], sentence: int, *, news: bool) -> None:
        """Remember the one known armed group that did the last act of violence told; nobody where several did it."""
        self._nameless |= any(i.kind in ARMED_KINDS and not i.actor_id for i in initiators)
        self._acted.update(i.actor_id for i in initiators if i.actor_id and news)
        known = {i.actor_id: i for i in initiators if i.actor_id and i.kind in GROUP_KINDS}
        if known or any(i.actor_id for i in initiators):
            self._acting = _Seen(next(iter(known.values())), sentence) if len(known) == 1 else None

    def note_called(self, role: str, ref: ActorRef) -> None:
        """Remember by what noun a known group was introduced: "the ADF, a MILITIA"."""
        if role not in _ANY_GROUP:
            self._called.setdefault(role, {})[ref.actor_id] = ref

    def note_speaker(self, speaker: ActorRef | None, sentence: int) -> None:
        """Remember the known group that spoke last."""
        if speaker is not None and speaker.actor_id and speaker.kind in GROUP_KINDS:
            self._spoke = _Seen(speaker, sentence)

    def resolve(self, ref: ActorRef, sentence: int, text: str, below: frozenset[str] = frozenset()) -> ActorRef:
        """Return the reference with the actor it stands for, or as it was.

        `below`: ids of the actors that a pronoun's own clause names; it is none of them ("IT struck RSF positions").
        """
        if ref.actor_id is not None:
            return ref
        role = ref.role or ""
        if role in PERSON or role in _PLURAL or role in BODY:
            return self._pronoun(ref, sentence, role, below)
        if bears_a_name(ref):
            return ref
        if not definite(ref, text):
            return self._named_party(ref, sentence) if self._is_bare_party(ref) else ref
        known = self._described(ref, sentence, role)
        return known if known is not ref else self._going_on(ref, sentence)

    def _described(self, ref: ActorRef, sentence: int, role: str) -> ActorRef:
        """The one fitting actor named shortly before, for "the group", "the rebels"."""
        kinds = _BY_ROLE.get(ref.kind) or (GROUP_KINDS if role in self._groups else None)
        if kinds is None or ref.span.quote.lower().startswith(("pro-", "anti-")):
            return ref  # "the PRO-KURDISH party HDP" is not the group named before
        by_noun = self._called.get(role)
        if by_noun and ref.span.quote.lower() == role and ref.country is None:
            return self._only(ref, list(by_noun.values()))
        near = [s.ref for s in self._since(sentence - _REACH) if identity(s.ref)]
        near = [r for r in near if not self._is_only_named(r, role)]
        if role in self._groups and (called := [r for r in near if role in (r.name or "").lower().split()]):
            return self._only(ref, called)  # "the coalition", after "the X-led coalition": whatever its kind
        found = [r for r in near if r.kind in kinds or (r.kind == "other" and r.actor_id is None)]
        if ref.kind == "state_forces" and role in self._state_bodies:  # no army is "the POLICE"
            found = [r for r in found if ("polic" in (r.name or "").lower()) == ("polic" in role)]
        if ref.kind == "government" and self._home and " " in ref.span.quote:
            found = [f for f in found if f.country == self._home]  # "the HEALTH ministry": not of another state named
        fitting = [f for f in found if ref.country is None or f.country == ref.country]
        known = self._only(ref, fitting)
        if role in self._groups and known is ref:  # of several groups named, the one that spoke, or stood, just before
            known = self._only(ref, [f for f in fitting if self._has_spoken(f, sentence)])
            just = {s.ref.actor_id for s in self._since(sentence - 1)}
            known = known if known is not ref else self._only(ref, [f for f in fitting if f.actor_id in just])
        if known.actor_id or found or ref.kind not in GROUP_KINDS:
            return known
        sole = self._sole(ref)
        return ref if self._is_only_named(sole, role) else sole

    def _is_only_named(self, group: ActorRef, role: str) -> bool:
        """ "Gunmen killed nine. The front is active there. THE ATTACKERS ...": of whom no deed of this news is told."""
        return self._nameless and role in self._doers and group.actor_id not in self._acted

    def of_spokesman(self, whose: ActorRef, sentence: int, text: str) -> ActorRef | None:
        """The armed body whose spokesman "ITS spokesman" is: the one named shortly before, or of several the group that
        spoke last."""
        body = self.resolve(whose, sentence, text)
        if body.actor_id is not None:
            return body if body.kind in ARMED_KINDS else None
        spoke = self._spoke
        return spoke.ref if spoke is not None and sentence - spoke.sentence <= _GOING_ON else None

    def _has_spoken(self, ref: ActorRef, sentence: int) -> bool:
        spoke = self._spoke
        return spoke is not None and sentence - spoke.sentence <= _GOING_ON and spoke.ref.actor_id == ref.actor_id

    def _is_bare_party(self, ref: ActorRef) -> bool:
        """ "rebels", "urban guerrilla commandos": nothing narrows them, unlike "gunmen" or "suspected militants"."""
        words = [w.removesuffix("s") for w in ref.span.quote.lower().split()]
        if ref.country is not None and len(words) == 2:
            words = words[1:]  # "COLOMBIAN guerrillas"
        if len(words) == 1:
            return ref.role in self._parties
        party = not self._parties.isdisjoint(words)
        return party and all(w in self._parties or w in self._forms for w in words)

    def _named_party(self, ref: ActorRef, sentence: int) -> ActorRef:
        """The group named shortly before, or anywhere again and again, where the whole text names no other."""
        near = {s.ref.actor_id for s in self._since(sentence - _REACH)}
        words = {w.removesuffix("s") for w in ref.span.quote.lower().split()}
        close = near if self._sure.isdisjoint(words) else near | self._often_named
        sole = self._sole(ref)
        known = sole if sole.actor_id and sole.actor_id in close else self._going_on(ref, sentence)
        return ref if known.actor_id and self._of_another_country(known, sentence) else known

    def _of_another_country(self, known: ActorRef, sentence: int) -> bool:
        """ "X attacked CHADIAN REBELS and captured eight REBELS": such people of another country were spoken of."""
        own = {None, known.country}
        near = (s.ref for s in self._since(sentence - _GOING_ON))
        return any(r.actor_id is None and r.role == known.role and r.country not in own for r in near)

    def acting(self, sentence: int) -> ActorRef | None:
        """The armed group that did the last act of violence, where the sentence goes on from it."""
        last = self._acting
        return last.ref if last is not None and 0 <= sentence - last.sentence <= 1 else None

    def _going_on(self, ref: ActorRef, sentence: int) -> ActorRef:
        """Of several groups named, the one that did the last act of violence, told just before: the text goes on."""
        acting = self._acting
        if acting is None or sentence - acting.sentence > _GOING_ON or ref.kind not in GROUP_KINDS:
            return ref
        if own_militia(ref, acting.ref):
            return ref
        return self._only(ref, [acting.ref]) if ref.country in {None, acting.ref.country} else ref

    def _sole(self, ref: ActorRef) -> ActorRef:
        """The one armed group that the whole text names, where it names no other: "the rebels" before their name."""
        groups = list(self._groups_named.values())
        if (
            len(groups) != 1
            or self._is_apart(ref, groups[0])
            or (ref.country is not None and groups[0].country != ref.country)
        ):
            return ref
        return self._only(ref, groups)

    def _is_apart(self, ref: ActorRef, group: ActorRef) -> bool:
        """Tell whether a group is not who "the rebels" are: a village's own militia, or one named once, far below."""
        below = group.actor_id not in self._often_named and group.span.start - ref.span.end > _FAR_BELOW
        return below or own_militia(ref, group)

    def _since(self, sentence: int) -> list[_Seen]:
        """Who was named from a sentence on."""
        return self._seen[bisect_left(self._seen, sentence, key=lambda seen: seen.sentence) :]

    def _pronoun(self, ref: ActorRef, sentence: int, role: str, below: frozenset[str]) -> ActorRef:
        """The last fitting actor of this or the sentence before, when it is the only one."""
        near = [s for s in self._since(sentence - 2) if s.ref.span.start < ref.span.start]
        if role in PERSON:
            known = [s.ref for s in near if s.ref.kind in _SPEAKING_KINDS and s.ref.actor_id is None]
            people = [ref for ref in known if not are_many(ref)]
            return (
                replace(ref, kind=people[-1].kind, name=people[-1].name, country=people[-1].country) if people else ref
            )
        bodies = [s for s in near if s.ref.actor_id and s.ref.kind != "facility" and s.ref.actor_id not in below]
        others = bodies and self._others_since(bodies[-1], sentence, many=role == "them")
        return ref if others else self._only(ref, [s.ref for s in bodies])

    def _others_since(self, last: _Seen, sentence: int, *, many: bool) -> bool:
        """Tell whether armed people without a known name, or (`many`) several others, were spoken of in a sentence
        after the last known actor."""
        recent = self._seen[-_RECENT:]
        between = [s.ref for s in recent if last.sentence < s.sentence < sentence]
        others = any(ref.kind in ARMED_KINDS and not ref.actor_id for ref in between)
        others = others or (many and any(ref.kind == "civilians" and are_many(ref) for ref in between))
        return others and any(s is last for s in recent)

    def _only(self, ref: ActorRef, found: list[ActorRef]) -> ActorRef:
        """Take over the actor when all candidates are the same one."""
        ids = {identity(f) for f in found}
        if len(ids) != 1:
            return ref
        actor = found[-1]
        kind: ActorKind = actor.kind
        return replace(ref, actor_id=actor.actor_id, name=actor.name, kind=kind, country=actor.country)


# ------------------------------------------------------------------------------------------- speakers


def self_named(ref: ActorRef, tellings: Sequence[Telling], others: Iterable[ActorRef], lexicon: Lexicon) -> ActorRef:
    """Return who "we", "our" or "it" is in what somebody says: the speaker; other references as they are.

    `tellings` outermost first, speakers resolved; `others`: the sentence's actors. "it" and "they" are the speaker
    only where nobody else is named before them in what is said.
    """
    role = ref.role or ""
    if ref.actor_id is not None or role not in _SPEAKERS_OWN:
        return ref
    for telling in reversed(tellings):
        content = next((c for c in telling.content if c.covers(ref.span)), None)
        speaker = telling.speaker
        if content is None or not telling.named or speaker is None:
            continue
        if (speaker.role or "") in PRONOUNS and speaker.actor_id is None:
            return ref
        if role in BODY and speaker.actor_id is None and speaker.kind in ARMED_KINDS and are_many(speaker):
            continue  # "The army denied a claim by rebels that ITS men fled": the army's
        if role in FIRST:
            return voiced_body(speaker, others)
        if role in BODY and is_person(speaker, lexicon) and not _speaks_as_group(speaker):
            body = voiced_body(speaker, others)  # "the group's spokesman said ITS men ...": the group's
            return body if body.kind in GROUP_KINDS else ref  # no minister is an it
        if not may_be_self(role, telling):
            return ref
        before = [o for o in others if content.start <= o.span.start < ref.span.start and o.kind != "facility"]
        fits = speaker.kind in _BODIES or role in _PLURAL
        named = any(o.actor_id or o.role in lexicon.roles or o.kind in ARMED_KINDS for o in before)
        return speaker if fits and not named else ref
    return ref


def is_person(ref: ActorRef, lexicon: Lexicon) -> bool:
    """Tell whether a speaker is somebody by rank, office or as the voice of a body."""
    return ref.role in lexicon.titles or ref.role in lexicon.actor_words["speaks_for"]


def _speaks_as_group(speaker: ActorRef) -> bool:
    """ "a spokesman for X said that IT ...": X."""
    return speaker.actor_id is not None and speaker.kind in GROUP_KINDS


def are_many(speaker: ActorRef) -> bool:
    """Tell whether several speak: "residents", whose role is "resident"; not "an army officer"."""
    role, words = speaker.role or "", speaker.span.quote.lower().split()
    noun = role.rpartition(" ")[2]
    return role in _MANY or any(w != noun and w[:3] == noun[:3] for w in words)


def _may_be(pronoun: str, speaker: ActorRef) -> bool:
    """Tell whether a pronoun may stand for who speaks: "they" is no single person ("THEY shot at us", a woman said)."""
    if pronoun not in _PLURAL:
        return True
    role, words = speaker.role or "", speaker.span.quote.lower().split()
    if speaker.kind == "civilians":
        return are_many(speaker)
    return role not in words or (role not in _ONE and not role.endswith(("man", "woman", "person")))


def may_be_self(pronoun: str, telling: Telling) -> bool:
    """Tell whether a pronoun can stand for whoever tells: in quotation marks only "we" and "I" do."""
    speaker = telling.speaker
    if pronoun in FIRST or speaker is None:
        return pronoun in FIRST
    return not telling.quoted and _may_be(pronoun, speaker)


def voiced_body(speaker: ActorRef, others: Iterable[ActorRef]) -> ActorRef:
    """For "the group's spokesman" the group: who a speaker's "we" is, where the words name it."""
    if speaker.actor_id is not None and speaker.kind in ARMED_KINDS:
        return speaker
    inner = [o for o in others if speaker.span.covers(o.span) and o.span != speaker.span and o.kind in _BODIES]
    return next((o for o in inner if o.kind != "unknown"), speaker)


def standing_for(ref: ActorRef, actor: ActorRef) -> ActorRef:
    """The same words, standing for another actor."""
    return replace(
        ref, actor_id=actor.actor_id, name=actor.name, kind=actor.kind, country=actor.country, role=actor.role
    )
