"""Room 3, actors: the word of the parse to which a known name belongs, and known names that are part of another's.

Doors: `hits_by_token`, `ending_before`, `with_coined(tree, hits, coined)`, `within_longer`, `note_choice`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.knowledge.actors import Actor
from reportedly.knowledge.load import Knowledge
from reportedly.mentions.names import NameHit
from reportedly.model.syntax import Token, Tree
from reportedly.model.trace import Trace


def ending_before(tree: Tree, token: Token, by_token: Mapping[int, NameHit]) -> NameHit | None:
    """A known actor's name directly before a plural, or "militia", that was not joined to it ("IS militants")."""
    if not token.i or (token.tag != "NNS" and token.lemma != "militia"):
        return None
    last = tree[token.i - 1]
    hit = next((h for h in by_token.values() if h.start < last.end <= h.end and h.end <= token.start), None)
    return hit if hit is not None and hit.sort == "actor" else None


def with_coined(tree: Tree, hits: Sequence[NameHit], coined: Sequence[NameHit]) -> Sequence[NameHit]:
    """The hits with the names that the text introduces, where no known name covers them."""
    new = [
        c
        for c in coined
        if tree.start <= c.start < tree.end and not any(h.start < c.end and c.start < h.end for h in hits)
    ]
    return [*hits, *new] if new else hits


def within_longer(tree: Tree, hits: Sequence[NameHit], knowledge: Knowledge, text: str) -> Sequence[NameHit]:
    """The hits with known names that are but a part of another group's name as names nobody knows: "LIWA al-Fatah",
    "FREE Kachin Independence Army", "the People's Liberation Army OF NEPAL"."""
    if not hits:
        return hits
    return [h if h.sort != "actor" else _whole_name(tree, h, hits, knowledge, text) for h in hits]


def _whole_name(tree: Tree, hit: NameHit, hits: Sequence[NameHit], knowledge: Knowledge, text: str) -> NameHit:
    inside = tree.at(hit.start, hit.end)
    if not inside:
        return hit
    first, last = inside[0], inside[-1]
    opener = _opener(tree, first, tree[last].lemma, knowledge)
    end = _of_another(tree, last, hit, hits, knowledge)
    if opener is None and end is None:
        return hit
    start = tree[first if opener is None else opener].start
    stop = tree[last if end is None else end].end
    return NameHit(start, stop, "coined", (" ".join(text[start:stop].split()),))


def _opener(tree: Tree, first: int, ends_in: str, knowledge: Knowledge) -> int | None:
    """The word before a name that makes it another's; an adjective does so only to a name that says "army", "front"."""
    at, words = first - 1, knowledge.lexicon.actor_words
    while at > 0 and (tree[at].lower == "al" or tree[at].tag == "HYPH" or tree[at].text == "-"):
        at -= 1
    if at < 0 or not tree[at].text[:1].isupper():
        return None
    named = tree[at].lower in words["group_openers"]
    renamed = tree[at].lower in words["renaming"] and ends_in in words["name_bodies"] and at == first - 1
    return at if named or (renamed and tree[at].tag not in {"VB", "VBP"}) else None


def _of_another(tree: Tree, last: int, hit: NameHit, hits: Sequence[NameHit], knowledge: Knowledge) -> int | None:
    """Where a name ends that goes on with "of" a country in which the known actor is not: "... Army OF SUDAN"."""
    if last + 2 >= len(tree) or tree[last + 1].lower != "of":
        return None
    if tree[last].lemma not in knowledge.lexicon.actor_words["name_bodies"]:
        return None
    at = last + 3 if tree[last + 2].lower == "the" and last + 3 < len(tree) else last + 2
    land = next((h for h in hits if h.sort == "country" and h.start == tree[at].start), None)
    homes = {c for i in hit.ids for c in knowledge.actors.by_id[i].countries}
    if land is None or not homes or land.ids[0] in homes:
        return None
    return tree.at(land.start, land.end)[-1]


def hits_by_token(tree: Tree, hits: Sequence[NameHit]) -> Mapping[int, NameHit]:
    """Give each hit to the token that heads it: of its tokens, the one whose head lies outside."""
    found: dict[int, NameHit] = {}
    for hit in hits:
        inside = tree.at(hit.start, hit.end)
        if not inside:
            continue
        heads = [i for i in inside if tree[i].head not in inside or tree[i].head == i]
        nouns = [i for i in heads if tree[i].is_noun] or heads
        found[nouns[-1] if nouns else inside[-1]] = hit
    return found


def note_choice(trace: Trace, hit: NameHit, weights: Mapping[Actor, float], chosen: Actor | None) -> None:
    """Note who bears a name, and who of them is meant; `weights` is how much the text speaks of their countries."""
    if len(weights) == 1:
        trace.note(hit.start, hit.end, "actor", "the only known actor of this name", next(iter(weights)).id)
        return
    weighed = "; ".join(f"{a.id} {a.name} {weights[a]:.1f}" for a in sorted(weights, key=lambda a: a.id))
    rule = f"of {len(weights)} of this name, by how much the text speaks of their countries: {weighed}"
    if chosen is not None:
        trace.note(hit.start, hit.end, "actor", rule, chosen.id)
    else:
        trace.refuse(hit.start, hit.end, "actor", rule)
