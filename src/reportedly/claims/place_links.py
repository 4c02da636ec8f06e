"""Room 4, place links: what ties the name of a place to an event word of the same sentence, by syntax.

Door: `signs(scene, place, at)`. Gives the names of the signs; what each weighs stands in `place_links.yml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.place_links import PlaceLinks
from reportedly.model import PlaceRef, Span
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

_INNER = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_BORDERS = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_SIZE = {"country": 3, "region": 2, "district": 1}
_WATERS = frozenset({"sea", "gulf", "strait", "straits", "ocean", "bay", "channel", "lake", "mandeb"})
# Arcs on the way between name and event (a border of a clause counts three) from which it is long; tokens between them
# from which they are far, and to which they are close.
_LONG, _FAR, _CLOSE = 9, 15, 3
_STOPS = (".", "!", "?", ";", "”", '"', "'", "’", ")", "]")
# Characters between two names of one phrase, at most.
_BESIDE = 40


@dataclass(frozen=True, slots=True)
class Scene:
    """An event in its sentence: its tokens, the main one of them, the heads of the other events, the stretches and
    tokens of speakers."""

    sentence: Sentence
    main: int
    anchors: Collection[int]
    others: Collection[int]
    blocked: Sequence[Span]
    speakers: Collection[int]
    knowledge: Knowledge

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


def seat(tree: Tree, at: int) -> Seat:
    """Climb from a name to the phrase that it stands in."""
    steps = (at, *tree.ancestors(at))
    owner: int | None = None
    here = 0
    while here + 1 < len(steps):
        rise = _rise(tree, steps, here)
        if rise == 0:
            break
        describes = tree[steps[here]].dep not in {"conj", "appos"}
        here += rise
        owner = steps[here] if owner is None and describes else owner
    token = tree[steps[here]]
    hangs = token.dep in {"pobj", "pcomp"} and token.head != token.i
    return Seat(steps, here, tree[token.head].lower if hangs else token.dep, owner)


def _rise(tree: Tree, steps: Sequence[int], here: int) -> int:
    """How many arcs lead up to the next noun of the same phrase; 0 at its top."""
    token, over = tree[steps[here]], tree[steps[here + 1]]
    if (token.dep in _INNER or token.dep in {"conj", "appos"}) and over.is_noun:
        return 1
    of = token.dep == "pobj" and over.lower == "of" and here + 2 < len(steps)
    return 2 if of and tree[steps[here + 2]].is_noun else 0


def signs(scene: Scene, place: PlaceRef, at: int) -> frozenset[str]:
    """The signs between a name, headed by the token `at`, and the event; none where they are not connected."""
    tree = scene.sentence.tree
    stand = seat(tree, at)
    ways = [(length(tree, w), a, w) for a in scene.anchors if (w := _ways(tree, stand.steps, a)) is not None]
    if not ways:
        return frozenset()
    near, anchor, (up, down) = min(ways, key=lambda way: way[:2])
    found = {"any", *_by_link(scene, place, stand), *_by_owner(scene, stand), *_by_place(scene, place, at)}
    found.update(_by_way(scene, up[stand.top :], down))
    meet = tree[up[-1]].head if up else at
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
        whole = stand.owner is None or _owner(scene, stand.owner) in {"of_kind", "of_building"}
        yield "object" if whole else "in_object"
    elif token.dep in _OBJECTS:
        yield "object_elsewhere"
    elif token.dep in {"nsubj", "csubj"}:
        yield "subject" if token.head in scene.anchors else "subject_elsewhere"
    elif tree[stand.steps[0]].dep == "npadvmod":
        yield "adverb"


def _by_owner(scene: Scene, stand: Seat) -> Iterator[str]:
    """What the name describes (a kind of place, people, a building, another noun), and how ("Iraq's", "Iraqi")."""
    tree, at = scene.sentence.tree, stand.steps[0]
    if at + 1 < len(tree) and tree[at + 1].text == "-" and not _pairs(scene, tree[at + 1].end):
        yield "in_compound"
    if stand.owner is None:
        return
    if stand.owner not in scene.anchors:
        yield _owner(scene, stand.owner)
    dep = tree[at].dep
    if dep in _INNER:
        yield "owner" if dep == "poss" else "modifier"


def _pairs(scene: Scene, at: int) -> bool:
    """ "the GAO-ANSONGO road": the name of another place follows the hyphen."""
    return any(p.span.start == at for p in scene.sentence.places)


def _owner(scene: Scene, owner: int) -> str:
    ref = scene.sentence.actors.get(owner)
    if scene.sentence.tree[owner].lemma in scene.knowledge.place_words.generic:
        return "of_kind"
    if ref is None or ref.kind == "unknown":
        return "of_noun"
    return "of_building" if ref.kind == "facility" else "of_people"


def _by_place(scene: Scene, place: PlaceRef, at: int) -> Iterator[str]:
    """How large the place is, and what other names stand beside it."""
    known = place.place_id is not None
    yield place.precision if known else "unknown_name"
    if place.precision == "region" and place.country is None and _WATERS.isdisjoint((place.name or "").lower().split()):
        yield "wide"  # "its largest loss in Africa": no place of a happening, as the Red Sea may be
    if not known and place.span.quote.rpartition(" ")[2].lower() in scene.knowledge.place_words.building_tails:
        yield "building"
    others = [p for p in scene.sentence.places if p is not place]
    if not others:
        yield "only_place"
    size = _SIZE.get(place.precision, 0)
    if any(p.country == place.country and size > _SIZE.get(p.precision, 0) for p in others if p.country):
        yield "holds_other"
    if known and any(p.place_id is None and _beside(p.span, place.span) for p in others):
        yield "beside_unknown"
    told = any(place.span.overlaps(b) for b in scene.blocked)
    if told or any(i in scene.speakers for i in (at, *scene.sentence.tree.ancestors(at))):
        yield "of_speaker"
    if any(a.actor_id is not None and i != at and a.span.covers(place.span) for i, a in scene.sentence.actors.items()):
        yield "in_actor_name"


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
        if token.dep in _BORDERS or (token.dep == "conj" and token.is_verb):
            yield "out_of_clause"
            if token.lemma in scene.words.telling:
                yield "where_told"
        elif token.dep == "appos":
            yield "in_apposition"
        elif token.dep == "pobj" and index != up[0] and kind_of.get(tree[token.head].lower) in {"topic", "time"}:
            yield "through_topic"
    for index in down:
        dep = tree[index].dep
        if dep in {"ccomp", "parataxis"}:
            yield "into_speech"
        elif dep in {"relcl", "acl"}:
            yield "into_clause"
        elif dep == "advcl":
            marks = (tree[m].lower for m in tree.children(index, "mark", "advmod", "prep"))
            yield "into_time" if any(kind_of.get(m) == "time" for m in marks) else "into_adverbial"
        elif dep == "pobj" and kind_of.get(tree[tree[index].head].lower) == "time":
            yield "into_time"


def _by_rivals(scene: Scene, stand: Seat, near: int, way: Collection[int]) -> Iterator[str]:
    """Other events: on the way, or nearer to the name."""
    if any(o in way for o in scene.others):
        yield "past_event"
    rivals = [length(scene.sentence.tree, w) for o in scene.others if (w := _ways(scene.sentence.tree, stand.steps, o))]
    if rivals and min(rivals) < near:
        yield "nearer_event"


def _opens(tree: Tree, stand: Seat) -> bool:
    """Tell whether a prepositional phrase opens the clause ("In Gao, ...")."""
    token = tree[stand.steps[stand.top]]
    return token.dep == "pobj" and not any(tree[i].is_verb for i in range(token.i))
