"""Room 4, people: who a bare surname is, by the office that the text gave to the full name ("governor Ali Nur ... NUR
said").

Door: `People.note(tree, actors, lexicon)` and `People.known(ref)`. Two bearers of one surname are nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.claims.coreference import is_person, standing_for
from reportedly.knowledge.lexicon import Lexicon
from reportedly.model import ActorRef
from reportedly.model.quick import replace
from reportedly.model.syntax import Tree

_MOST_WORDS = 3
_AGED = range(12, 111)


class People:
    """The people that a text has introduced so far, by surname."""

    def __init__(self) -> None:
        self._known: dict[str, ActorRef | None] = {}

    def note(self, tree: Tree, actors: Mapping[int, ActorRef], lexicon: Lexicon) -> None:
        """Remember the surnames of those whose office, rank or trade the words give."""
        for index, ref in actors.items():
            if ref.role is None or not (is_person(ref, lexicon) or ref.kind == "civilians"):
                continue
            surname = _surname(tree, index, ref)
            if surname is not None:
                before = self._known.get(surname, ref)
                same = before is not None and (before.role, before.kind) == (ref.role, ref.kind)
                self._known[surname] = (before if same else None) if surname in self._known else ref

    def known(self, ref: ActorRef) -> ActorRef:
        """Return a bare name with what the text said of its bearer; others as they are."""
        if ref.actor_id is not None or ref.kind != "unknown" or ref.role is not None:
            return ref
        words = ref.span.quote.split()
        if len(words) > _MOST_WORDS:
            return ref
        bearer = self._known.get(words[-1]) if words else None
        return standing_for(ref, bearer) if bearer is not None and bearer.span.start < ref.span.start else ref


def _surname(tree: Tree, index: int, ref: ActorRef) -> str | None:
    """The last name of a person: of "police spokesman Idris BELLO", "the governor, Ali NUR", "Musa SANI, a trader"."""
    head = tree[index]
    if head.is_proper and head.lower != ref.role and tree.has(index, "compound", "appos"):
        return head.text
    beside = (tree[a] for a in tree.children(index, "appos") if tree[a].tag == "NNP")
    named = next((a for a in beside if any(tree[c].tag == "NNP" for c in tree.children(a.i, "compound"))), None)
    return named.text if named is not None else None


def as_bystander(tree: Tree, index: int, ref: ActorRef) -> ActorRef:
    """Return a speaker of whom only the age is told ("Umm Ali, 41") as a civilian; others as they are."""
    if ref.actor_id is not None or ref.kind != "unknown" or not tree[index].is_proper:
        return ref
    beside = (tree[a] for a in tree.children(index, "appos", "amod", "nummod"))
    aged = any(a.tag == "CD" and a.text.isdigit() and int(a.text) in _AGED for a in beside)
    return replace(ref, kind="civilians") if aged else ref
