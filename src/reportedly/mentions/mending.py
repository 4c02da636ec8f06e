"""Room 3, mending: full sentences that the parser reads wrongly, in ways that the news has every day.

Door: `Mender`. `misread(tree)` says which words to read as others in a second parse; `mended(tree)` hangs words anew.
"""

from __future__ import annotations

from reportedly.knowledge.lexicon import Lexicon
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model.syntax import Token, Tree

_LEARNT = "seized"  # a past tense that every parser knows
# "gunmen SUSPECTED TO BE bandits attacked", read as "gunmen WHO WERE LIKELY bandits attacked".
_TAKEN_FOR = ("who", "were", "likely")
# What an attack does besides harming people, in a clause after whoever tells it.
_RESULTS = frozenset({"leave", "cause", "force", "set", "trigger", "spark", "take"})


class Mender:
    """Knows the words that the parser never learnt and the clauses that it hangs on the wrong verb."""

    def __init__(self, lexicon: Lexicon, outcomes: Outcomes) -> None:
        self._unlearned = lexicon.words["unlearned_pasts"]
        self._supposing = lexicon.words["supposing_participles"]
        self._harms = outcomes.transitive | _RESULTS
        self._tells = frozenset(lexicon.reporting.verbs)
        self._carriers = lexicon.words["event_carriers"]
        self._weapons = frozenset(lexicon.weapons) | {"air"}

    def misread(self, tree: Tree) -> dict[int, str]:
        """Return the starts of words to read as others: past tenses taken for nouns ("the army RETOOK Kadi"), and
        participles taken for the verb of the sentence ("gunmen SUSPECTED TO BE bandits attacked")."""
        if self._unlearned.isdisjoint(tree.forms) and self._supposing.isdisjoint(tree.forms):
            return {}
        words = {t.start: _LEARNT for t in tree if t.lower in self._unlearned and t.tag != "VBD"}
        for token in tree:
            if self._supposes(tree, token):
                starts = (tree[i].start for i in range(token.i, token.i + len(_TAKEN_FOR)))
                words.update(zip(starts, _TAKEN_FOR, strict=True))
        return words

    def _supposes(self, tree: Tree, token: Token) -> bool:
        """Tell whether a participle that only says who somebody may be was read as a main verb with a clause in it."""
        if token.lower not in self._supposing or not 0 < token.i < len(tree) - 3 or tree[token.i - 1].tag != "NNS":
            return False
        named = (tree[token.i + 1].lower, tree[token.i + 2].lower) == ("to", "be")
        later = any(t.tag == "VBD" for t in tree[token.i + 3 :])
        return named and later and not tree.children(token.i, "aux", "auxpass")

    def mended(self, tree: Tree) -> Tree:
        """Return the tree with results hung from deeds, and weapons that share one attack before it."""
        return self._with_results(self._with_weapons(tree))

    def _with_weapons(self, tree: Tree) -> Tree:
        """ "killed in DRONE and missile ATTACKS on X", read as "in a drone, and in missile attacks"."""
        if self._carriers.isdisjoint(tree.forms):
            return tree
        for token in tree:
            first = tree[token.head]
            if token.dep != "conj" or token.lemma not in self._carriers or not first.is_noun or first.i > token.i:
                continue
            beside = tree.children(token.i, "compound")
            if (
                first.lemma in self._weapons
                and token.i - first.i == 3
                and any(tree[c].lemma in self._weapons for c in beside)
            ):
                tree = _shared(tree, first, token)
        return tree

    def _with_results(self, tree: Tree) -> Tree:
        """ "a drone hit a car, the army said, KILLING two", read as if the army's words had killed them."""
        for token in tree:
            if token.tag != "VBG" or token.dep != "advcl" or token.lemma not in self._harms:
                continue
            teller = tree[token.head]
            told = tree.child(teller.i, "ccomp")
            inserted = told is not None and told < teller.i < token.i and tree[token.i - 1].text == ","
            if inserted and told is not None and teller.lemma in self._tells and tree[told].is_verb:
                tokens = list(tree)
                tokens[token.i] = token._replace(head=told)
                tree = Tree(tokens)
        return tree


def _shared(tree: Tree, first: Token, attack: Token) -> Tree:
    """The tree in which an attack noun takes the place of the weapon that it was joined to, and what hangs there."""
    tokens = list(tree)
    for child in tree.children(first.i):
        if child != attack.i and tree[child].dep not in {"cc", "compound"}:
            tokens[child] = tokens[child]._replace(head=attack.i)
    tokens[attack.i] = attack._replace(dep=first.dep, head=first.head if first.head != first.i else attack.i)
    tokens[first.i] = first._replace(dep="compound", head=attack.i)
    return Tree(tokens)
