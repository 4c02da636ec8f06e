"""Room 3, main verbs: what a sentence tells, where the parser took its verb for a participle of some noun before it.

Door: `MainVerbs.found(tree)`. The parser errs so behind long subjects: "a strike on a house sheltering FAMILIES
KILLED nine".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reportedly.model.syntax import SUBJECTS, Token, Tree

_AT_MOST = 3  # words that one sentence may have misread
_PAST = frozenset({"VBN", "VBD"})
_CLAUSES = ("acl", "relcl")
_HELPERS = ("aux", "auxpass", "agent", "mark", *SUBJECTS)
# The labels by which a phrase hangs inside the phrase before it.
_INSIDE = frozenset({"prep", "pobj", "dobj", "acl", "relcl", "pcomp", "amod", "appos", "conj", "agent"})
_TOWARDS = frozenset({"on", "at", "into", "through"})
_SAID_WITH = ("prep", "npadvmod", "advmod", "punct")
_TOLD = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BREAKS = frozenset({"IN", ",", ":", "CC"})
_ASKING = frozenset({"WDT", "WP", "WP$", "WRB"})
_BESIDE = frozenset({"conj", "advcl", "ccomp"})
_FOLLOWING = frozenset({"prep", "npadvmod", "advmod", "advcl", "punct", "cc", "conj"})


class MainVerbs:
    """Knows the verbs whose participles may have an object of their own ("the men GIVEN a rifle")."""

    def __init__(self, giving: Collection[str], tells: Collection[str]) -> None:
        self._giving, self._tells = giving, tells

    def found(self, tree: Tree) -> Tree:
        """Return the tree with its main verb as such; the tree itself where it reads well."""
        for _ in range(_AT_MOST):
            mended = self._once(tree)
            if mended is tree:
                break
            tree = mended
        return tree

    def _once(self, tree: Tree) -> Tree:
        for token in tree:
            if token.dep in _CLAUSES and token.tag in _PAST and self._is_finite(tree, token):
                subject = self._subject(tree, token)
                if subject is not None:
                    return _raised(tree, subject, token)
            elif token.dep == "relcl" and token.lemma in self._tells and _closes(tree, token):
                return _told_last(tree, token)
            elif token.dep in _BESIDE and token.tag == "VBD" and token.lemma not in self._tells:
                if (first := _participle(tree, token)) is not None:
                    return _lowered(tree, first, token)
            elif token.dep == "pcomp" and token.tag == "VBG" and _begins_clause(tree, token):
                return _with_opener(tree, token)
            elif token.dep == "amod" and token.tag == "VBN" and (whose := _behind_aside(tree, token)) is not None:
                return _with_deed(tree, whose, token)
            elif token.dep == "mark" and token.lower == "that" and self._goes_on(tree, token):
                return _told_too(tree, tree[token.head])
            elif token.dep == "npadvmod" and (doing := _doing(tree, token)) is not None:
                return _with_doing(tree, token, doing)
        return tree

    def _goes_on(self, tree: Tree, that: Token) -> bool:
        """ "He told us THAT nine were killed, six were captured and ...", read as six captured after he had told it."""
        clause = tree[that.head]
        said, later = tree[clause.head], tree[tree[clause.head].head]
        ordered = said.i < clause.i < later.i and clause.dep == said.dep == "ccomp" and later.lemma not in self._tells
        who = tree.child(later.i, *SUBJECTS) if ordered and said.lemma in self._tells else None
        if who is None or tree.child(said.i, *SUBJECTS) is None or tree.children(later.i, "mark", "ccomp")[1:]:
            return False
        opens = tree.bounds(who)[0]
        return tree[opens - 1].text == "," and tree.bounds(clause.i)[1] == opens - 2

    def _is_finite(self, tree: Tree, token: Token) -> bool:
        """A past form behind its noun that does something to somebody."""
        if token.head > token.i or token.lemma in self._giving or tree.has(token.i, *_HELPERS):
            return False
        whom = tree.child(token.i, "dobj")
        if whom is not None:
            return whom > token.i
        towards = next((p for p in tree.children(token.i, "prep") if p == token.i + 1), None)
        at = tree.child(towards, "pobj") if towards is not None and tree[towards].lower in _TOWARDS else None
        return at is not None and not tree[at].is_proper  # "injured on Wednesday"

    def _subject(self, tree: Tree, token: Token) -> Token | None:
        """The noun of the whole phrase, where nothing else is told of it."""
        top = tree[token.head]
        for above in tree.ancestors(token.i):
            top = tree[above]
            if top.dep not in _INSIDE:
                break
        if not top.is_noun or top.i > token.i or any(c < token.i for c in _verbs(tree, top)):
            return None
        has_object = tree.has(token.i, "dobj")
        teller = tree[top.head]
        if top.dep in {"ROOT", "ccomp", "dep"}:
            return top if has_object or (top.i < token.i < teller.i and teller.lemma in self._tells) else None
        second = [c for c in tree.children(teller.i, "nsubj") if c > token.i]
        told = top.dep == "nsubj" and teller.i > token.i and teller.lemma in self._tells
        return top if told and second and not tree.has(teller.i, "ccomp") else None


def _verbs(tree: Tree, subject: Token) -> Iterator[int]:
    """Finite verbs that hang from the noun itself as if it were one of them."""
    return (c for c in tree.children(subject.i, "ccomp", "conj", "parataxis", "advcl") if tree[c].is_verb)


def _raised(tree: Tree, subject: Token, verb: Token) -> Tree:
    """The tree in which the verb tells of the subject; what stands behind the verb goes with it."""
    tokens = list(tree)
    told = subject.dep == "nsubj"
    up = subject.head if subject.head != subject.i else verb.i
    tokens[verb.i] = verb._replace(tag="VBD", head=up, dep="ccomp" if told or subject.dep == "dep" else subject.dep)
    tokens[subject.i] = subject._replace(head=verb.i, dep="nsubj")
    whom = tree.child(verb.i, "dobj")
    for other in tree:
        if other.i <= verb.i or other.head > verb.i or other.i == verb.i or not subject.i <= other.head < verb.i:
            continue
        if other.dep in _FOLLOWING:
            tokens[other.i] = other._replace(head=verb.i)
        elif other.dep == "appos" and whom is not None and other.i > whom:
            tokens[other.i] = other._replace(head=whom)
    if told:
        speaker = max(tree.children(subject.head, "nsubj"))
        for child in tree.children(subject.head, *_SAID_WITH):
            if verb.i < child < tree.bounds(speaker)[0] - 1:
                tokens[child] = tokens[child]._replace(head=verb.i)
    return Tree(tokens)


def _closes(tree: Tree, verb: Token) -> bool:
    """Tell whether a verb tells the sentence before it: "... fetching water in X, a rights group REPORTED"."""
    speaker = tree.child(verb.i, "nsubj")
    if speaker is None or verb.tag not in {"VBD", "VBZ", "VBP"} or tree.bounds(speaker)[1] != verb.i - 1:
        return False
    first = tree.bounds(speaker)[0]
    if tree[first - 1].text != "," or any(t.tag in _ASKING for t in tree.tokens[first : verb.i]):
        return False
    others = (tree[c] for c in tree.children(verb.i) if c != speaker)
    last = tree.bounds(verb.i)[1]
    return all(t.dep in _SAID_WITH for t in others) and all(t.dep == "punct" for t in tree.tokens[last + 1 :])


def _told_last(tree: Tree, verb: Token) -> Tree:
    """The tree in which the last verb tells all that stands before it."""
    tokens = list(tree)
    top = next((t for t in tree if t.head == t.i and t.i < verb.i), None)
    if top is None:
        return tree
    tokens[top.i] = top._replace(head=verb.i, dep="ccomp")
    tokens[verb.i] = verb._replace(head=verb.i, dep="ROOT")
    return Tree(tokens)


def _told_too(tree: Tree, clause: Token) -> Tree:
    """The tree in which what stands behind the first thing told is told too."""
    tokens, said = list(tree), tree[clause.head]
    later = tree[said.head]
    tokens[said.i] = said._replace(dep=later.dep, head=said.i if later.head == later.i else later.head)
    tokens[later.i] = later._replace(dep="conj", head=clause.i)
    for child in tree.children(later.i):
        if child < said.i:
            tokens[child] = tree[child]._replace(head=said.i)
    return Tree(tokens)


def _participle(tree: Tree, told: Token) -> Token | None:
    """The verb of "rockets FIRED from a village STRUCK a bakery", where both were read as told of the rockets."""
    first = tree[told.head]
    who = tree.child(first.i, "nsubj")
    if first.tag not in _PAST or who is None or not who < first.i < told.i or tree.bounds(who)[1] != first.i - 1:
        return None
    others = [c for c in tree.children(first.i, "dobj", "aux", "auxpass", "ccomp", "xcomp") if c != told.i]
    if others or tree.has(told.i, *_HELPERS):
        return None
    between = [c for c in tree.children(first.i) if first.i < c < told.i]
    if not between or any(tree[c].dep in {"cc", "punct", "conj"} for c in between):
        return None
    return first if tree.bounds(between[-1])[1] == tree.bounds(told.i)[0] - 1 else None


def _lowered(tree: Tree, first: Token, told: Token) -> Tree:
    """The tree in which the second of two verbs tells what the noun did, and the first only which noun it is."""
    tokens = list(tree)
    who = tree.children(first.i, "nsubj")[0]
    for child in tree.children(first.i):
        if child < who or child > told.i:
            tokens[child] = tree[child]._replace(head=told.i)
    tokens[told.i] = told._replace(head=first.head if first.head != first.i else told.i, dep=first.dep)
    tokens[who] = tree[who]._replace(head=told.i)
    tokens[first.i] = first._replace(head=who, dep="acl", tag="VBN")
    return Tree(tokens)


def _behind_aside(tree: Tree, verb: Token) -> Token | None:
    """Who did it in "The force, an elite unit, TRAINED fighters", read as one more thing that the force is."""
    who = tree[verb.head]
    while who.dep == "appos":
        who = tree[who.head]
    if tree[verb.i - 1].text != "," or tree[verb.head].dep != "appos" or who.dep != "ROOT" or not who.is_noun:
        return None
    aside = any(who.i < a < verb.i for a in tree.children(who.i, "appos"))
    return who if aside and not any(t.tag in _FINITE for t in tree) else None


def _with_deed(tree: Tree, who: Token, verb: Token) -> Tree:
    """The tree in which the participle is the verb of the whole, and its noun what it is done to."""
    tokens = list(tree)
    tokens[verb.i] = verb._replace(tag="VBD", head=verb.i, dep="ROOT")
    tokens[who.i] = who._replace(head=verb.i, dep="nsubj")
    tokens[verb.head] = tree[verb.head]._replace(head=verb.i, dep="dobj")
    for child in tree.children(who.i):
        if child > verb.i and child != verb.head:
            tokens[child] = tree[child]._replace(head=verb.i)
    return Tree(tokens)


def _begins_clause(tree: Tree, token: Token) -> bool:
    """ "since FIGHTING between X and Y BROKE OUT", read as if somebody else had fought since."""
    mark = tree[token.head]
    verb = tree[mark.head]
    return mark.dep == "mark" and verb.i > token.i and verb.tag in _TOLD and not tree.has(verb.i, *SUBJECTS)


def _with_opener(tree: Tree, token: Token) -> Tree:
    """The tree in which what was done is the subject of the clause."""
    tokens, verb = list(tree), tree[token.head].head
    tokens[token.i] = token._replace(tag="NN", lemma=token.lower, dep="nsubj", head=verb)
    return Tree(tokens)


def _doing(tree: Tree, whom: Token) -> Token | None:
    """The participle of "killed a girl FETCHING water", read as if water had been killed, or as a way to fetch it."""
    doing = tree[whom.head]
    if doing.tag != "VBG" or doing.i != whom.i + 1 or doing.dep not in {"amod", "advcl"}:
        return None
    thing = tree[doing.head] if doing.dep == "amod" else None
    verb = tree[thing.head if thing is not None else doing.head]
    between = tree.tokens[verb.i + 1 : whom.i]
    if verb.tag not in _TOLD or verb.i > whom.i or any(t.is_verb or t.tag in _BREAKS for t in between):
        return None
    if thing is not None:
        return doing if thing.dep == "dobj" else None
    return doing if not tree.has(verb.i, "dobj") else None


def _with_doing(tree: Tree, whom: Token, doing: Token) -> Tree:
    """The tree in which something is done to those who are doing it."""
    tokens, thing = list(tree), tree[doing.head] if doing.dep == "amod" else None
    verb = thing.head if thing is not None else doing.head
    tokens[whom.i] = whom._replace(head=verb, dep="dobj")
    tokens[doing.i] = doing._replace(head=whom.i, dep="acl")
    if thing is not None:
        tokens[thing.i] = thing._replace(head=doing.i)
        for child in tree.children(thing.i):
            if child < whom.i:
                tokens[child] = tree[child]._replace(head=whom.i)
    return Tree(tokens)
