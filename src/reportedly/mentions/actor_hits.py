"""Room 3, actors: the word of the parse to which a known name belongs. Doors: `hits_by_token` and `ending_before`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.mentions.names import NameHit
from reportedly.model.syntax import Token, Tree


def ending_before(tree: Tree, token: Token, by_token: Mapping[int, NameHit]) -> NameHit | None:
    """A known actor's name directly before a plural noun that the parser did not join to it ("IS militants")."""
    if not token.i or token.tag != "NNS":
        return None
    last = tree[token.i - 1]
    hit = next((h for h in by_token.values() if h.start < last.end <= h.end and h.end <= token.start), None)
    return hit if hit is not None and hit.sort == "actor" else None


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
