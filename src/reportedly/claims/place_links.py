"""Room 4, place links: what ties the name of a place to an event word of the same sentence, by syntax.

Door: `signs(scene, place, at)`. Gives the names of the signs; what each weighs stands in `place_links.yml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.claims.place_nesting import chain, size_of
from reportedly.claims.place_seats import INNER, Seat, seat
from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.place_links import PlaceLinks
from reportedly.model import PlaceRef, Span
from reportedly.model.quick import quick
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

_BORDERS = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis"})
_THROUGH = {"topic": "through_topic", "time": "through_topic", "party": "through_party"}
_CLAUSES = frozenset({"relcl", "acl"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_PLACES = frozenset({"of_kind", "of_part"})
# Arcs on the way between name and event (a border of a clause counts three) from which it is long; tokens between them
# from which they are far, and to which they are close.
_LONG, _FAR, _CLOSE = 9, 15, 3
_STOPS = (".", "!", "?", ";", "”", '"', "'", "’", ")", "]")
# Characters between two names of one phrase, at most.
_BESIDE = 40
# Tokens from the first verb of a row to the one that has their object.
_ROW = 4


@quick
@dataclass(frozen=True, slots=True)
class Scene:
    """An event in its sentence: its tokens, the main one of them, the heads of the other events, the stretches and
    tokens of speakers; `inside` says which name tells where another lies (`place_nesting.nests`)."""

    sentence: Sentence
    main: int
    anchors: Collection[int]
    others: Collection[int]
    blocked: Sequence[Span]
    speakers: Collection[int]
    knowledge: Knowledge
    inside: Mapping[int, int] = field(default_factory=dict)
    event_type: str = ""

    @property
    def words(self) -> PlaceLinks:
        """The table of signs."""
        return self.knowledge.place_links


def signs(scene: Scene, place: PlaceRef, at: int) -> frozenset[str]:
    """The signs between a name, headed by the token `at`, and the event; none where they are not connected."""
    tree = scene.sentence.tree
    stand = seat(tree, at, scene.words.parts)
    ways = [(length(tree, w), a, w) for a in scene.anchors if (w := _ways(tree, stand.steps, a)) is not None]
    if not ways:
        return frozenset()
    near, anchor, (up, down) = min(ways, key=lambda way: way[:2])
    found = {"any", *_by_link(scene, place, stand), *_by_owner(scene, place, stand), *_by_place(scene, place, at)}
    found.update(_by_way(scene, up[stand.top :], down))
    meet = tree[up[-1]].head if up else at
    flown = "goal" in found and tree[meet].lemma in scene.words.moving  # "the WOUNDED were flown to X"
    if (meet not in scene.anchors and (flown or _cares(scene, meet))) or _dies_in_care(scene):
        found.add("moved_on")
    found.update(_by_rivals(scene, stand, near, {*up, *down, meet}))
    found.update(_by_type(scene, stand, found))
    if _is_where(scene, stand, down):
        found.add("scene_of_clause")
    gap = abs(at - anchor)
    found.update(n for n, holds in (("long", near >= _LONG), ("far", gap > _FAR), ("close", gap <= _CLOSE)) if holds)
    if at < anchor:
        found.add("opening" if _opens(tree, stand) else "before")
    if not tree[anchor].is_verb:
        found.add("event_noun")
    if not tree[-1].text.endswith(_STOPS):
        found.add("headline")  # what happened, and where: a headline has no room for other places
    if anchor != scene.main:
        found.add("other_word")
    return frozenset(found)


def length(tree: Tree, ways: tuple[Sequence[int], Sequence[int]]) -> int:
    """Arcs on the way between two tokens; a border of a clause counts three."""
    return sum(3 if tree[i].dep in _BORDERS else 1 for way in ways for i in way)


def _ways(tree: Tree, steps: Sequence[int], anchor: int) -> tuple[list[int], list[int]] | None:
    """The tokens from a name up, and from an anchor up, to (not including) where the two ways meet."""
    down: list[int] = []
    for index in (anchor, *tree.ancestors(anchor)):
        if index in steps:
            return list(steps[: steps.index(index)]), down
        down.append(index)
    return None


def _by_link(scene: Scene, place: PlaceRef, stand: Seat) -> Iterator[str]:
    """By what the phrase hangs: a preposition, or as subject or object of the event or of another word."""
    tree, token = scene.sentence.tree, scene.sentence.tree[stand.steps[stand.top]]
    if stand.owner is not None and stand.owner in scene.anchors:
        yield "describes_event"
    elif place.precision == "near" and stand.link == "of":
        yield "within"  # "in the hills north OF the town", "five kilometres south OF it"
    elif stand.link == "against" and place.precision != "country" and _is_hit(scene, stand):
        yield "object"
    elif token.dep in {"pobj", "pcomp"}:
        yield scene.words.kind_of.get(stand.link, "other_preposition")
        if place.precision == "country" and stand.link == "in" and tree[token.head].head in scene.anchors:
            yield "in_country"  # "was captured IN VENEZUELA by men who ..."
    elif token.dep in _OBJECTS and (token.head in scene.anchors or _shares_object(scene, token.head)):
        whole = stand.owner is None or _owner(scene, stand.owner) in {"of_kind", "of_part", "of_building"}
        yield "object" if whole else "in_object"
    elif token.dep in _OBJECTS:
        yield "object_elsewhere"
    elif token.dep == "nsubj" and _is_scene(scene, token.head):
        yield "object"
    elif token.dep in {"nsubj", "csubj"}:
        yield "subject" if token.head in scene.anchors else "subject_elsewhere"
    elif tree[stand.steps[0]].dep == "npadvmod":
        yield "adverb"


def _is_hit(scene: Scene, stand: Seat) -> bool:
    """ "strikes AGAINST THE KIRISHI REFINERY": the building that an act of war is against; "U.S. properties" may be
    anywhere."""
    tree = scene.sentence.tree
    against = tree[tree[stand.steps[stand.top]].head]
    violent = scene.event_type.startswith(("strike.", "attack.", "explosion.", "battle."))
    return (
        violent
        and against.head in scene.anchors
        and stand.owner is not None
        and _owner(scene, stand.owner) == "of_building"
    )


def _by_type(scene: Scene, stand: Seat, found: Collection[str]) -> Iterator[str]:
    """By what kind of event it is: who is sent goes to a place, who is ousted leaves one, who accuses speaks of another
    place than where the deed was."""
    family = scene.event_type.split(".")[0]
    kinds = scene.words.event_kinds
    if "goal" in found and not kinds["arriving"].isdisjoint({scene.event_type, family}):
        yield "arrival"
    leaves = not kinds["leaving"].isdisjoint({scene.event_type, family})
    if "source" in found and leaves and _taken_from(scene, stand):
        yield "departure"
    if "past_event" in found and scene.event_type in kinds["speaking"]:
        yield "of_deed"


def _taken_from(scene: Scene, stand: Seat) -> bool:
    """ "ousted FROM Gao", "abducted twelve women FROM Gao": not where one person comes from ("a merchant from Gao")."""
    tree = scene.sentence.tree
    preposition = tree[tree[stand.steps[stand.top]].head]
    noun, over = tree[max(preposition.i - 1, 0)], preposition.head
    taken = scene.event_type.startswith(("abduction.", "battle.prisoners"))
    if taken and noun.dep == "dobj" and noun.tag in {"NN", "NNP"} and noun.head in scene.anchors:
        return False
    return over in scene.anchors or (tree[over].head in scene.anchors and tree[over].tag in {"NNS", "NNPS"})


def _is_where(scene: Scene, stand: Seat, down: Sequence[int]) -> bool:
    """ "flew to Kabul, WHERE he met officials": the clause tells what happened there."""
    tree = scene.sentence.tree
    clauses = [i for i in down if tree[i].dep == "relcl" and tree[i].head in stand.steps[: stand.top + 1]]
    return any(tree[c].lower == "where" for i in clauses for c in tree.children(i, "advmod"))


def _is_scene(scene: Scene, verb: int) -> bool:
    """ "the post of X WAS THE TARGET OF an attack": its subject is where it was."""
    tree = scene.sentence.tree
    named = (n for n in tree.children(verb, "attr") if tree[n].lemma in scene.words.scenes)
    of = (p for n in named for p in tree.children(n, "prep") if tree[p].lower == "of")
    return tree[verb].lemma == "be" and any(o in scene.anchors for p in of for o in tree.children(p, "pobj"))


def _by_owner(scene: Scene, place: PlaceRef, stand: Seat) -> Iterator[str]:
    """What the name describes (a kind of place, people, a building, another noun), and how ("Iraq's", "Iraqi")."""
    tree, at = scene.sentence.tree, stand.steps[0]
    follows = next((t for t in tree[at + 1 :] if t.start >= place.span.end), None)
    if follows is not None and follows.text == "-" and not _pairs(scene, follows.end):
        yield "in_compound"
    if stand.owner is None:
        return
    if stand.owner not in scene.anchors:
        kind = _owner(scene, stand.owner)
        yield kind
        bare = kind not in _PLACES and (tree[at].dep == "poss" or kind != "of_building")
        if place.place_id is None and bare and tree[at].dep in INNER:
            yield "unknown_owner"  # "Okafor's convoy"
    dep = tree[at].dep
    if dep in INNER:
        yield "owner" if dep == "poss" else "modifier"


def _pairs(scene: Scene, at: int) -> bool:
    """ "the GAO-ANSONGO road": the name of another place follows the hyphen."""
    return any(p.span.start == at for p in scene.sentence.places)


def _owner(scene: Scene, owner: int) -> str:
    ref = scene.sentence.actors.get(owner)
    lemma = scene.sentence.tree[owner].lemma
    if not scene.knowledge.place_words.generic.keys().isdisjoint({lemma, scene.sentence.tree[owner].lower}):
        return "of_kind"
    if lemma in scene.words.parts:
        return "of_part"
    if ref is None or ref.kind == "unknown":
        return "of_noun"
    return "of_building" if ref.kind == "facility" else "of_people"


def _by_place(scene: Scene, place: PlaceRef, at: int) -> Iterator[str]:
    """How large the place is, and what other names stand beside it."""
    known = place.place_id is not None
    yield place.precision if known else "unknown_name"
    if (
        place.precision == "region"
        and place.country is None
        and scene.words.waters.isdisjoint((place.name or "").lower().split())
    ):
        yield "wide"  # "its largest loss in Africa": no place of a happening, as the Red Sea may be
    if not known and place.span.quote.rpartition(" ")[2].lower() in scene.knowledge.place_words.building_tails:
        yield "building"
    others = _others(scene, place)
    if not others:
        yield "only_place"
    if any(p.country == place.country and size_of(place) > size_of(p) for p in others if p.country):
        yield "holds_other"
    if known and any(p.place_id is None and _beside(p.span, place.span) for p in others):
        yield "beside_unknown"
    told = any(place.span.overlaps(b) for b in scene.blocked)
    if told or any(i in scene.speakers for i in (at, *scene.sentence.tree.ancestors(at))):
        yield "of_speaker"
    if any(a.actor_id is not None and i != at and a.span.covers(place.span) for i, a in scene.sentence.actors.items()):
        yield "in_actor_name"


def _others(scene: Scene, place: PlaceRef) -> list[PlaceRef]:
    """The other names that may be places of happenings: none that tells where this one lies, no part of an actor's
    name or of the dateline."""
    places, at = scene.sentence.places, scene.sentence.places.index(place)
    mine = set(chain(scene.inside, at))
    first = scene.sentence.tree.start
    return [p for n, p in enumerate(places) if n not in mine and p.span.start >= first and not _in_actor_name(scene, p)]


def _in_actor_name(scene: Scene, place: PlaceRef) -> bool:
    actors = scene.sentence.actors.values()
    return any(a.actor_id is not None and a.span.covers(place.span) and a.span != place.span for a in actors)


def _beside(one: Span, other: Span) -> bool:
    """Tell whether a name stands before another in the same phrase, or directly after it: "Dara, a suburb of Gao",
    "Gao's Dara suburb"."""
    return 0 <= other.start - one.end <= _BESIDE or 0 <= one.start - other.end <= len("'s ")


def _by_way(scene: Scene, up: Sequence[int], down: Sequence[int]) -> Iterator[str]:
    """Borders of clauses and coordination on the way up from the phrase and down to the event."""
    tree, kind_of = scene.sentence.tree, scene.words.kind_of
    for index in up:
        token = tree[index]
        if token.lemma in scene.words.happening:
            continue
        moves = token.is_verb and token.lemma in scene.words.moving and not _meanwhile(scene, index)
        if index not in scene.anchors and (moves or _cares(scene, index)):
            yield "moved_on"
        if token.dep in _BORDERS or (token.dep == "conj" and token.is_verb):
            yield from _out_of(scene, index)
        elif token.dep == "appos":
            yield "in_apposition"
        elif token.dep == "pobj" and index != up[0]:
            through = _THROUGH.get(kind_of.get(tree[token.head].lower, ""), "through_other")
            own = through == "through_party" and tree[tree[token.head].head].i in scene.anchors
            yield "through_own_party" if own else through
    for index in down:
        dep = tree[index].dep
        if dep == "conj" and tree[index].is_verb and not tree.children(index, "nsubj", "nsubjpass", "expl"):
            yield "carried_on"
        if dep in {"ccomp", "parataxis"}:
            yield "into_speech"
        elif dep in {"relcl", "acl"}:
            yield "into_clause"
        elif dep == "advcl":
            yield "into_time" if _in_time(scene, index) else "into_adverbial"
        elif dep == "pobj" and kind_of.get(tree[tree[index].head].lower) == "time":
            yield "into_time"


def _cares(scene: Scene, index: int) -> bool:
    """ "were TRANSFERRED to the hospital of X", "are receiving TREATMENT in X": not where they were hurt."""
    tree, caring = scene.sentence.tree, scene.words.caring
    if caring.isdisjoint(tree.lemmas):
        return False
    return tree[index].lemma in caring or any(tree[o].lemma in caring for o in tree.children(index, "dobj"))


def _dies_in_care(scene: Scene) -> bool:
    """ "five of the wounded DIED IN HOSPITAL in X": not where they were hurt either."""
    tree = scene.sentence.tree
    deaths = [a for a in scene.anchors if tree[a].is_verb and tree[a].lemma in scene.words.dying]
    places = (p for death in deaths for p in tree.children(death, "prep") if tree[p].lower in {"in", "at"})
    return any(tree[o].lemma in scene.words.caring_houses for p in places for o in tree.children(p, "pobj"))


def _out_of(scene: Scene, index: int) -> Iterator[str]:
    """A border of a clause on the way up from a name: what that clause is to the event."""
    token = scene.sentence.tree[index]
    if token.dep == "conj" and _shares(scene, index):
        yield "shared"
    elif token.dep in _CLAUSES and token.head in scene.anchors:
        yield "own_clause"
    else:
        yield "out_of_clause"
    if token.dep == "advcl" and _in_time(scene, index):
        yield "out_to_time"
    if token.lemma in scene.words.telling:
        yield "where_told"


def _in_time(scene: Scene, index: int) -> bool:
    tree = scene.sentence.tree
    marks = (tree[m].lower for m in tree.children(index, "mark", "advmod", "prep"))
    return any(scene.words.kind_of.get(m) == "time" for m in marks)


def _meanwhile(scene: Scene, index: int) -> bool:
    """ "was shot AS HE DROVE through Gao": on the way when it happened, not afterwards."""
    tree = scene.sentence.tree
    token = tree[index]
    marks = (tree[m].lower for m in tree.children(index, "mark", "advmod"))
    return token.dep == "advcl" and token.head in scene.anchors and any(m in {"as", "while", "when"} for m in marks)


def _shares(scene: Scene, index: int) -> bool:
    """Tell whether a verb in a row with the event has the same subject: "captured and disarmed thirty men in X"."""
    tree = scene.sentence.tree
    return tree.first_conjunct(index) in scene.anchors and not tree.children(index, "nsubj", "nsubjpass", "expl")


def _shares_object(scene: Scene, verb: int) -> bool:
    """ "captured and annexed X": the object hangs from the last verb of a row."""
    tree = scene.sentence.tree
    first = tree.first_conjunct(verb)
    bare = first in scene.anchors and verb - first <= _ROW and not tree.children(first, "dobj", "prep")
    return first != verb and bare and not tree.children(verb, "nsubj", "nsubjpass", "expl", "aux")


def _by_rivals(scene: Scene, stand: Seat, near: int, way: Collection[int]) -> Iterator[str]:
    """Other events: on the way, or nearer to the name. What is told as a circumstance of this event, or it of that, is
    no other happening ("killed in a RAID near X")."""
    tree = scene.sentence.tree
    rivals = [o for o in scene.others if not _same(scene, o)]
    if any(o in way for o in rivals):
        yield "past_event"
    lengths = [length(tree, w) for o in rivals if (w := _ways(tree, stand.steps, o))]
    if lengths and min(lengths) < near:
        yield "nearer_event"


def _same(scene: Scene, other: int) -> bool:
    """Tell whether an event word tells of the same happening: its circumstance, or what a clause says that it did."""
    tree = scene.sentence.tree
    if tree[other].dep == "amod":
        return True  # "struck a column of FLEEING rebels north of X": what they were doing
    first = tree.first_conjunct(other)
    if tree[first].dep in _CLAUSES and tree[first].head in scene.anchors:
        return True
    return any(_circumstance(scene, other, a) or _circumstance(scene, a, other) for a in scene.anchors)


def _circumstance(scene: Scene, noun: int, verb: int) -> bool:
    """Tell whether an event noun says in, during or by what the verb's happening was."""
    tree = scene.sentence.tree
    preposition = tree[noun].head
    if tree[noun].dep != "pobj" or tree[noun].is_verb or tree[preposition].head != verb:
        return False
    return tree[preposition].lower in scene.words.circumstances


def _opens(tree: Tree, stand: Seat) -> bool:
    """Tell whether a prepositional phrase opens the clause ("In Gao, ...")."""
    token = tree[stand.steps[stand.top]]
    return token.dep == "pobj" and not any(tree[i].is_verb for i in range(token.i))
