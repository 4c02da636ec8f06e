"""Room 3, telegraphic lines: headlines leave out articles and auxiliaries, and their verbs look like nouns.

Doors: `is_telegraphic(text, start, end)` and `Telegraphic`, which says which words of a badly parsed line to read as
past tense ("Police BATTLE protesters" parses as "Police battled protesters") and marks bare participles as passive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportedly.knowledge.lexicon import NOUN, VERB, Lexicon
from reportedly.knowledge.outcomes import Outcomes
from reportedly.mentions.parser import Lemmatizer
from reportedly.model.syntax import Token, Tree

MOST_TOKENS = 28
_FEWEST_TOKENS = 3
_CLOSED = (".", "!", "?", "…", '."', ".”", ".’", ".'", ".)")
_MARKS = frozenset([",", ":", ";", "–", "—", "--", "|"])
_JOINS = frozenset(["as", "after", "while", "when", "before", "but", "and", "amid"])
_FINITE = frozenset(["VBZ", "VBP", "VBD", "VB", "MD"])
_LOOSE = frozenset(["compound", "amod", "nmod", "npadvmod"])
_INSIDE = _LOOSE | {"nsubj", "pobj", "dobj", "nsubjpass", "appos", "poss"}
_OBJECT_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS", "CD", "JJ", "DT", "PRP", "PRP$", "VBN", "``"])
_PRESENT = frozenset(["VB", "VBP", "VBZ"])
_SINGULAR = frozenset(["NN", "NNP", "VBG", "CD"])
_SAYS = frozenset(["say", "says", "claim", "claims"])


def is_telegraphic(text: str, start: int, end: int) -> bool:
    """Tell whether a piece may be (a part of) a headline: short, without a full stop at its end or that of its line."""
    words = text[start:end].rstrip()
    if words.endswith(";"):
        stop = text.find("\n", end)
        words = text[start : stop if stop >= 0 else len(text)].rstrip()
    return not words.endswith(_CLOSED) and words.count(" ") < MOST_TOKENS


class Telegraphic:
    """Knows which verbs headlines are made of."""

    def __init__(self, lexicon: Lexicon, outcomes: Outcomes, lemmatizer: Lemmatizer) -> None:
        self._lemma, self._past, self._known = lemmatizer.lemma, lemmatizer.past, lemmatizer.known
        words = lexicon.words
        lists = (
            "light_verbs",
            "outbreak_verbs",
            "arising_verbs",
            "hitting_verbs",
            "undergoing_verbs",
            "headline_verbs",
        )
        self._verbs = lexicon.heads(VERB).union(*(words[name] for name in lists), outcomes.over, outcomes.claiming)
        self._nouns = frozenset(
            head for (pos, head), ts in lexicon.triggers.items() if pos == NOUN and ts[-1].size == 1
        )
        self._bodies = lexicon.collective | words["plural_bodies"]
        self._harms = outcomes.transitive
        self._tells = frozenset(lexicon.reporting.verbs)

    def verbs(self, tree: Tree) -> dict[int, str]:
        """Return the starts of the words to read as verbs, with the past tense to read in their place."""
        if not _FEWEST_TOKENS <= len(tree) <= MOST_TOKENS:
            return {}
        found = [self._verb(tree, begin, end) for begin, end in _clauses(tree)]
        words = {tree[at].start: self._past(self._lemma(tree[at].lower, "verb")) for at in found if at is not None}
        words |= {t.start: "when" for t in tree if self._opens_clause(tree, t, found)}
        return words

    def telling(self, tree: Tree) -> dict[int, str]:
        """Return the same for a verb of telling that ends a sentence ("..., the military ADMITS.")."""
        last = tree[-2] if len(tree) > _FEWEST_TOKENS and tree[-1].tag == "." else None
        if last is None or last.tag != "NNS":
            return {}
        lemma = self._lemma(last.lower, "verb")
        if lemma not in self._tells or not any(t.text in {",", "”", '"'} for t in tree[last.i - 6 : last.i - 1]):
            return {}
        return {last.start: self._past(lemma)}

    def verbless(self, tree: Tree) -> dict[int, str]:
        """Return the same for a headline that ends in a full stop ("Another Kenyan protester DIES."): nothing in it is
        read as a verb, but for who tells it and for clauses beside it."""
        if not _FEWEST_TOKENS <= len(tree) <= MOST_TOKENS:
            return {}
        if any(t.tag in _FINITE and t.lemma not in self._tells and t.dep != "advcl" for t in tree):
            return {}
        return self.verbs(tree)

    def settled(self, tree: Tree) -> Tree:
        """Return the tree with its bare participles as passives: headlines tell deeds in the present tense."""
        if not 0 < len(tree) <= MOST_TOKENS:
            return tree
        tree = self.with_further(_without_subject(_with_told(tree)))
        passive = [t.i for t in tree if self._is_bare_participle(tree, t)]
        if not passive:
            return tree
        undergoes = {c for at in passive for c in tree.children(at, "nsubj") if c < at}
        return Tree([_marked(t, t.i in undergoes, t.i in passive) for t in tree])

    def _verb(self, tree: Tree, begin: int, end: int) -> int | None:
        """The word that is the verb of a clause in which the parser found none."""
        if any(self._is_settled(tree, at, begin) for at in range(begin, end)):
            return self._after_saying(tree, begin, end)
        return next((at for at in range(begin + 1, end) if self._may_be(tree, at, end)), None)

    def with_further(self, tree: Tree) -> Tree:
        """The tree in which "Bandits kill six, ABDUCT bride" tells of two deeds; the parser reads "an abduct bride"."""
        for comma, token in pairwise(tree) if not _PRESENT.isdisjoint(tree.tags) else ():
            if comma.text != "," or token.dep not in _LOOSE:
                continue
            lemma = self._lemma(token.lower, "verb")
            undone = token.head < token.i or tree[token.head].dep in {"nsubj", "nsubjpass", "compound"}
            if undone or lemma not in self._harms:
                continue
            verb = next((t for t in reversed(tree.tokens[: comma.i]) if t.tag in _PRESENT), None)
            alike = verb is not None and (verb.lower == verb.lemma) == (token.lower == lemma)
            if verb is not None and alike and tree.child(verb.i, "nsubj") is not None:
                tokens = list(tree)
                tokens[token.i] = token._replace(lemma=lemma, tag=verb.tag, dep="conj", head=verb.i)
                tokens[token.head] = tree[token.head]._replace(dep="dobj", head=token.i)
                return Tree(tokens)
        return tree

    def _is_settled(self, tree: Tree, at: int, begin: int) -> bool:
        """Tell whether the parser made this a finite verb whose subject is no part of it."""
        token = tree[at]
        if token.tag == "VBN":
            return token.dep in {"ROOT", "ccomp", "advcl"} or (at > begin and token.lower != token.lemma)
        if token.tag not in _FINITE or token.dep in _INSIDE:
            return False
        before = tree[at - 1] if at > begin else None
        if before is None or token.tag == "MD":
            return True
        if before.head == at and before.dep in _LOOSE and (before.is_noun or before.tag == "VBG"):
            return False
        return token.tag == "VBD" or not self._disagrees(token, before)

    def _disagrees(self, token: Token, before: Token) -> bool:
        """A base form after a singular noun is a noun itself ("the JOS CLASH toll")."""
        base = token.lower == self._lemma(token.lower, "verb")
        return base and before.tag == "NN" and before.lower not in self._bodies and token.lower in self._nouns

    def _may_be(self, tree: Tree, at: int, end: int) -> bool:
        """Tell whether a word agrees with the one before it as a verb in the present tense."""
        token, before = tree[at], tree[at - 1]
        lemma = self._lemma(token.lower, "verb")
        if lemma not in self._verbs or token.tag in {"VBN", "VBG", "IN", "TO"}:
            return False
        object_next = at + 1 < end and tree[at + 1].tag in _OBJECT_TAGS
        ends_in_verb = at + 1 < len(tree) and tree[at + 1].tag in {"VBD", "VBZ", "VBP", "MD"}
        if ends_in_verb:
            return False
        noun = self._lemma(token.lower, "noun") in self._nouns
        if token.lower != lemma:
            one = before.tag in _SINGULAR or before.lower == "old"  # "Nine-year-old DIES"
            return token.lower.endswith("s") and one and (object_next or not noun)
        if self._is_plural(before):
            return object_next or not noun or token.tag != "NN"
        if before.lower in self._bodies:
            return object_next or not noun
        return object_next and before.is_noun and not self._known(before.lower)

    def _is_plural(self, token: Token) -> bool:
        if not token.lower.endswith(("s", "men", "people")):
            return False
        return token.tag == "NNS" or self._lemma(token.lower, "noun") != token.lower or not self._known(token.lower)

    def _opens_clause(self, tree: Tree, token: Token, verbs: Sequence[int | None]) -> bool:
        """ "Dozens dead AS army retakes the town", read as "as an army": a verb follows."""
        if token.lower != "as" or not 0 < token.i < len(tree) - 2 or tree.child(token.i, "pobj", "pcomp") is None:
            return False
        return any(t.tag in {"VBZ", "VBP", "VBD"} or t.i in verbs for t in tree[token.i + 2 :])

    def _after_saying(self, tree: Tree, begin: int, end: int) -> int | None:
        """ "Army says REPELS attack": what the speaker did, without a subject of its own."""
        for at in range(begin + 1, end - 1):
            token = tree[at]
            follows = tree[at + 1].tag in _OBJECT_TAGS or tree[at + 1].lower in self._nouns
            if tree[at - 1].lower in _SAYS and token.is_noun and follows:
                lemma = self._lemma(token.lower, "verb")
                return at if lemma in self._verbs and token.lower in {lemma, f"{lemma}s", f"{lemma}es"} else None
        return None

    def _is_bare_participle(self, tree: Tree, token: Token) -> bool:
        if token.tag not in {"VBD", "VBN"} or token.lemma not in self._harms or token.dep in {"relcl", "advcl"}:
            return False
        if tree.has(token.i, "aux", "auxpass", "dobj", "nsubjpass"):
            return False
        return any(c < token.i and tree[c].tag != "PRP" for c in tree.children(token.i, "nsubj"))


def _clauses(tree: Tree) -> Iterator[tuple[int, int]]:
    """The stretches between marks and joining words."""
    cuts = [-1, *(t.i for t in tree if t.text in _MARKS or (t.lower in _JOINS and t.i)), len(tree)]
    return ((before + 1, after) for before, after in pairwise(cuts) if after - before > 2)


def _with_told(tree: Tree) -> Tree:
    """The tree in which "army says 25 rebels KILLED" tells that rebels were killed; the parser reads "says rebels"."""
    for token in tree:
        told = tree.child(token.i, "dobj") if token.lower in _SAYS and token.is_verb else None
        verb = tree.child(told, "acl") if told is not None else None
        if told is not None and verb is not None and tree[verb].tag == "VBN":
            tokens = list(tree)
            tokens[told] = tree[told]._replace(head=verb, dep="nsubjpass")
            tokens[verb] = tree[verb]._replace(head=token.i, dep="ccomp")
            return Tree(tokens)
    return tree


def _without_subject(tree: Tree) -> Tree:
    """The tree in which "army says REPELS attack" tells what the army did; the parser reads "a repelled attack"."""
    for token, verb in pairwise(tree):
        what = tree[verb.head]
        if token.lower in _SAYS and (verb.tag, verb.dep, what.dep, what.head) == ("VBN", "amod", "dobj", token.i):
            tokens = list(tree)
            tokens[verb.i] = verb._replace(head=token.i, dep="ccomp")
            tokens[what.i] = what._replace(head=verb.i)
            return Tree(tokens)
    return tree


def _marked(token: Token, undergoes: bool, passive: bool) -> Token:
    if undergoes:
        return token._replace(dep="nsubjpass")
    return token._replace(tag="VBN") if passive else token
