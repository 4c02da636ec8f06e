"""Room 4, place links: what ties the name of a place to an event word of the same sentence, by syntax.

Door: `signs(scene, place, at)`. Gives the names of the signs; what each weighs stands in `place_links.yml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.claims.place_nesting import chain, size_of
from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.place_links import PlaceLinks
from reportedly.model import PlaceRef, Span
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

_INNER = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_BORDERS = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis"})
_THROUGH = {"topic": "through_topic", "time": "through_topic", "party": "through_party"}
_CLAUSES = frozenset({"relcl", "acl"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_PLACES = frozenset({"of_kind", "of_part"})
_LISTED = frozenset({"to", "like", "as", "including"})
_JOINING = frozenset({"link", "connect", "join", "lead"})
# Arcs on the way between name and event (a border of a clause counts three) from which it is long; tokens between them
# from which they are far, and to which they are close.
_LONG, _FAR, _CLOSE = 9, 15, 3
_STOPS = (".", "!", "?", ";", "”", '"', "'", "’", ")", "]")
# Characters between two names of one phrase, at most.
_BESIDE = 40


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

    @property
    def words(self) -> PlaceLinks:
        """The table of signs."""
        return self.knowledge.place_links


@dataclass(frozen=True, slots=True)
class Seat:
    """How a name stands in its sentence: the phrase around it and what that phrase hangs from.

    `steps` are the tokens from the name up to the root, `top` the position in them of the head of the phrase that the
    name stands in ("the town of X", "X's southern suburb"), `link` the preposition or relation by which that phrase
    hangs, `owner` the noun that the name describes, if any.
    """

    steps: tuple[int, ...]
    top: int
    link: str
    owner: int | None


def seat(tree: Tree, at: int, parts: Collection[str] = ()) -> Seat:
    """Climb from a name to the phrase that it stands in; `parts` are nouns for parts of a place."""
    steps = (at, *tree.ancestors(at))
    owner: int | None = None
    here = 0
    while here + 1 < len(steps):
        rise = _rise(tree, steps, here, parts)
        if rise == 0:
            break
        describes = tree[steps[here]].dep not in {"conj", "appos"}
        here += rise
        owner = steps[here] if owner is None and describes else owner
    token = tree[steps[here]]
    hangs = token.dep in {"pobj", "pcomp"} and token.head != token.i
    return Seat(steps, here, tree[token.head].lower if hangs else token.dep, owner)


def _rise(tree: Tree, steps: Sequence[int], here: int, parts: Collection[str]) -> int:
    """How many arcs lead up to the next noun of the same phrase; 0 at its top."""
    token, over = tree[steps[here]], tree[steps[here + 1]]
    if (token.dep in _INNER or token.dep in {"conj", "appos"}) and over.is_noun:
        return 1
    if (way := _along_road(tree, steps, here)) > 0:
        return way
    if token.dep != "pobj" or here + 2 >= len(steps) or not tree[steps[here + 2]].is_noun:
        return 0
    leads = over.lower == "of" or (over.lower in _LISTED and _instance(tree, steps, here, parts))
    return 2 if leads else 0  # "the outskirts OF the town", "the entrance TO it", "villages SUCH AS X"


def _instance(tree: Tree, steps: Sequence[int], here: int, parts: Collection[str]) -> bool:
    """Tell whether a name stands for what the noun says, as its part or as one of many."""
    token, noun = tree[steps[here + 1]], tree[steps[here + 2]]
    return noun.lemma in parts if token.lower == "to" else noun.tag == "NNS"


def _along_road(tree: Tree, steps: Sequence[int], here: int) -> int:
    """ "the road LINKING X and Y", "the track LEADING TO X": the names say which road; 0 where none does."""
    rise = 1 if tree[steps[here]].dep == "dobj" else 2 if tree[steps[here]].dep == "pobj" else 0
    if rise == 0 or here + rise + 1 >= len(steps):
        return 0
    verb = tree[steps[here + rise]]
    leads = verb.lemma in _JOINING and verb.tag == "VBG" and verb.dep == "acl"
    return rise + 1 if leads and tree[verb.head].is_noun else 0


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
    if meet not in scene.anchors and (flown or _cares(scene, meet)):
        found.add("moved_on")
    found.update(_by_rivals(scene, stand, near, {*up, *down, meet}))
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
    elif token.dep in {"pobj", "pcomp"}:
        yield scene.words.kind_of.get(stand.link, "other_preposition")
    elif token.dep in _OBJECTS and token.head in scene.anchors:
        whole = stand.owner is None or _owner(scene, stand.owner) in {"of_kind", "of_part", "of_building"}
        yield "object" if whole else "in_object"
    elif token.dep in _OBJECTS:
        yield "object_elsewhere"
    elif token.dep in {"nsubj", "csubj"}:
        yield "subject" if token.head in scene.anchors else "subject_elsewhere"
    elif tree[stand.steps[0]].dep == "npadvmod":
        yield "adverb"


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
        if place.place_id is None and bare and tree[at].dep in _INNER:
            yield "unknown_owner"  # "Okafor's convoy"
    dep = tree[at].dep
    if dep in _INNER:
        yield "owner" if dep == "poss" else "modifier"


def _pairs(scene: Scene, at: int) -> bool:
    """ "the GAO-ANSONGO road": the name of another place follows the hyphen."""
    return any(p.span.start == at for p in scene.sentence.places)


def _owner(scene: Scene, owner: int) -> str:
    ref = scene.sentence.actors.get(owner)
    lemma = scene.sentence.tree[owner].lemma
    if lemma in scene.knowledge.place_words.generic:
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
        moves = token.is_verb and token.lemma in scene.words.moving
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
    return tree[index].lemma in caring or any(tree[o].lemma in caring for o in tree.children(index, "dobj"))


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


def _shares(scene: Scene, index: int) -> bool:
    """Tell whether a verb in a row with the event has the same subject: "captured and disarmed thirty men in X"."""
    tree = scene.sentence.tree
    return tree.first_conjunct(index) in scene.anchors and not tree.children(index, "nsubj", "nsubjpass", "expl")


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
