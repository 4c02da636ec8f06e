"""Room 4, place links: what ties the name of a place to an event word of the same sentence, by syntax.

Door: `signs(scene, place, at)`. Gives the names of the signs; what each weighs stands in `place_links.yml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportedly.claims.place_nesting import chain, size_of
from reportedly.claims.place_scene import Scene
from reportedly.claims.place_seats import INNER, Seat, head_at, seat
from reportedly.claims.place_ways import by_rivals, by_way, cares, dies_in_care, length, ways_between
from reportedly.model import PlaceRef, Span
from reportedly.model.syntax import Tree

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


def signs(scene: Scene, place: PlaceRef, at: int) -> frozenset[str]:
    """The signs between a name, headed by the token `at`, and the event; none where they are not connected."""
    tree = scene.sentence.tree
    stand = seat(tree, at, scene.words.parts)
    ways = [(length(tree, w), a, w) for a in scene.anchors if (w := ways_between(tree, stand.steps, a)) is not None]
    if not ways:
        return frozenset()
    near, anchor, (up, down) = min(ways, key=lambda way: way[:2])
    found = {"any", *_by_link(scene, place, stand), *_by_owner(scene, place, stand), *_by_place(scene, place, at)}
    found.update(by_way(scene, up[stand.top :], down))
    meet = tree[up[-1]].head if up else at
    flown = "goal" in found and tree[meet].lemma in scene.words.moving  # "the WOUNDED were flown to X"
    if "source" in found and "into_speech" in found and tree[meet].lemma in scene.words.telling:
        found.add("of_speaker")  # "..., a resident SAID by telephone FROM X"
    if (meet not in scene.anchors and (flown or cares(scene, meet))) or dies_in_care(scene):
        found.add("moved_on")
    found.update(by_rivals(scene, stand, near, {*up, *down, meet}))
    found.update(_by_type(scene, stand, found))
    found.update(_by_doer(scene, stand, found))
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
        found.update(_by_headline(scene, at, anchor, found))
    if anchor != scene.main:
        found.add("other_word")
    return frozenset(found)


def _by_link(scene: Scene, place: PlaceRef, stand: Seat) -> Iterator[str]:
    """By what the phrase hangs: a preposition, or as subject or object of the event or of another word."""
    tree, token = scene.sentence.tree, scene.sentence.tree[stand.steps[stand.top]]
    if stand.owner is not None and _of_event(scene, stand):
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
        owner = _owner(scene, stand.owner) if stand.owner is not None else None
        whole = owner is None or owner in {"of_kind", "of_part", "of_building"}
        person = owner is None and not scene.words.event_kinds["of_persons"].isdisjoint(_types(scene))
        yield "person" if person else "object" if whole else "in_object"
    elif token.dep in _OBJECTS:
        yield "object_elsewhere"
    elif token.dep == "nsubj" and _is_scene(scene, token.head):
        yield "object"
    elif token.dep in {"nsubj", "csubj"}:
        yield "subject" if token.head in scene.anchors else "subject_elsewhere"
    elif tree[stand.steps[0]].dep == "npadvmod":
        yield "adverb"


def _of_event(scene: Scene, stand: Seat) -> bool:
    """ "the bombing of X", "the bombing OF X PORT"; not "the killing of X's bishops"."""
    if stand.owner in scene.anchors:
        return True
    within = any(i in scene.anchors for i in stand.steps[1 : stand.top + 1])
    return within and stand.owner is not None and _owner(scene, stand.owner) in {"of_kind", "of_part", "of_building"}


def _shares_object(scene: Scene, verb: int) -> bool:
    """ "captured and annexed X": the object hangs from the last verb of a row."""
    tree = scene.sentence.tree
    first = tree.first_conjunct(verb)
    bare = first in scene.anchors and verb - first <= _ROW and not tree.has(first, "dobj", "prep")
    return first != verb and bare and not tree.has(verb, "nsubj", "nsubjpass", "expl", "aux")


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
    types, kinds = _types(scene), scene.words.event_kinds
    if "goal" in found and not kinds["arriving"].isdisjoint(types):
        yield "arrival"
    if "source" in found and not kinds["arriving"].isdisjoint(types):
        yield "origin"
    leaves = not kinds["leaving"].isdisjoint(types)
    if "source" in found and leaves and _taken_from(scene, stand):
        yield "departure"
        if "country" in found:
            yield "left_country"  # "deported FROM SWEDEN after a shooting in Malmo"
    if "past_event" in found and not kinds["speaking"].isdisjoint(types):
        yield "of_deed"


def _types(scene: Scene) -> frozenset[str]:
    """The type of the event and its family."""
    return frozenset({scene.event_type, scene.event_type.partition(".")[0]})


def _by_headline(scene: Scene, at: int, anchor: int, found: Collection[str]) -> Iterator[str]:
    """ "School reopens in X AS Y VIOLENCE spreads": it is where its own name says, not where the school is."""
    tree = scene.sentence.tree
    if tree[tree[anchor].head].dep != "advcl" or len(scene.sentence.places) == 1:
        return
    names = {head_at(tree, p.span) for p in scene.sentence.places}.intersection(tree.children(anchor, "compound"))
    if at in names:
        yield "names_event"
    elif names and "into_adverbial" in found:
        yield "other_named"


def _by_doer(scene: Scene, stand: Seat, found: Collection[str]) -> Iterator[str]:
    """Where those are who act: the people of a town gather there or flee it ("RESIDENTS OF X held a sit-in"), but who
    fires from one place hits another ("Troops IN X, targeting a post in Y, fired")."""
    tree, kinds = scene.sentence.tree, scene.words.event_kinds
    types = _types(scene)
    if (
        "subject" in found
        and ("of_people" in found or _of_folk(scene, stand))
        and "country" not in found
        and not kinds["at_home"].isdisjoint(types)
    ):
        yield "home"
    if "within" in found and not kinds["firing"].isdisjoint(types):
        doer = tree[tree[tree[stand.steps[stand.top]].head].head]
        if doer.dep == "nsubj" and doer.head in scene.anchors and doer.i not in scene.anchors:
            yield "at_doer"


def _of_folk(scene: Scene, stand: Seat) -> bool:
    """ "RESIDENTS of the resort of X": people of a kind of place that the name tells."""
    if stand.owner is None or _owner(scene, stand.owner) != "of_kind":
        return False
    over = stand.steps[1 : stand.top + 1]
    return any(_owner(scene, i) == "of_people" for i in over if i != stand.owner and i not in scene.anchors)


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
    if place.precision == "country" and dep in INNER and tree[stand.owner].lower in scene.words.roads:
        yield "road_name"  # "on the COSTA RICA highway": a road may bear any country's name


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
    named = f"{place.name} {place.span.quote}".lower().split()
    if known and place.precision == "region" and place.country is None and scene.words.waters.isdisjoint(named):
        yield "wide"  # "its largest loss in Africa": no place of a happening, as the Red Sea may be
    if not known and place.span.quote.rpartition(" ")[2].lower() in scene.knowledge.place_words.building_tails:
        yield "building"
    others = _others(scene, place)
    if not others:
        yield "only_place"
    elif not (others := [p for p in others if not _of_people(scene, p)]) or _all_listed(scene, at, others):
        yield "only_scene"
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
    if len(places) == 1:
        return []
    mine = set(chain(scene.inside, at))
    first = scene.sentence.tree.start
    return [p for n, p in enumerate(places) if n not in mine and p.span.start >= first and not _in_actor_name(scene, p)]


def _all_listed(scene: Scene, at: int, others: Sequence[PlaceRef]) -> bool:
    """Tell whether all names stand in one list: "searched homes IN X, Y AND Z"."""
    tree = scene.sentence.tree
    heads = [head_at(tree, p.span) for p in others]
    return all(h is not None and tree.first_conjunct(h) == tree.first_conjunct(at) for h in heads)


def _in_actor_name(scene: Scene, place: PlaceRef) -> bool:
    actors = scene.sentence.actors.values()
    return any(a.actor_id is not None and a.span.covers(place.span) and a.span != place.span for a in actors)


def _of_people(scene: Scene, place: PlaceRef) -> bool:
    """Tell whether a name only says whose or whence people are: "KENYA's bishops", "the governor of NIMRUZ"."""
    tree = scene.sentence.tree
    if not any(a.span.covers(place.span) for a in scene.sentence.actors.values()):
        return False
    at = head_at(tree, place.span)
    owner = seat(tree, at, scene.words.parts).owner if at is not None else None
    return owner is not None and _owner(scene, owner) == "of_people"


def _beside(one: Span, other: Span) -> bool:
    """Tell whether a name stands before another in the same phrase, or directly after it: "Dara, a suburb of Gao",
    "Gao's Dara suburb"."""
    return 0 <= other.start - one.end <= _BESIDE or 0 <= one.start - other.end <= len("'s ")


def _opens(tree: Tree, stand: Seat) -> bool:
    """Tell whether a prepositional phrase opens the clause ("In Gao, ...")."""
    token = tree[stand.steps[stand.top]]
    return token.dep == "pobj" and not any(tree[i].is_verb for i in range(token.i))
