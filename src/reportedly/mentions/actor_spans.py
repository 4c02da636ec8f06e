"""Room 3, actors: how far the words of a reference reach: modifiers before its head, "of", "loyal to" after it.

Door: `phrase_span(tree, token, hit, text, lexicon)`.
"""

from __future__ import annotations

import re

from reportedly.knowledge.lexicon import Lexicon
from reportedly.mentions.names import NameHit
from reportedly.model import Span
from reportedly.model.syntax import Token, Tree

_INSIDE = frozenset({"amod", "compound", "poss", "case", "nmod", "punct", "npadvmod", "advmod", "nummod", "quantmod"})
_NOT_LEADING = frozenset(
    {"DT", "PDT", "CD", "PRP$", ",", "``", "''", ":", "-LRB-", "IN", "RB", "RBR", "RBS", "JJR", "JJS", "CC", "TO", "."}
)
# Emoji, flags, arrows, boxes and what joins them (Unicode blocks of symbols; no letters, no marks of punctuation).
_PICTURE = "[\u2190-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
_PICTURES_FIRST = re.compile(rf"(?:{_PICTURE}\s*)+")
_PICTURES_LAST = re.compile(rf"(?:\s*{_PICTURE})+$")
_AS_MANY = frozenset({"many", "much", "few"})
_BURNING = frozenset({"ablaze", "alight", "afire"})
_BRACKET = 6  # tokens of a bracket that holds no more than a short name
_MODIFIERS = frozenset({"JJ", "NNP", "NNPS", "NN", "HYPH", "POS", "VBN", "VBG", "AFX"})


def phrase_span(
    tree: Tree, token: Token, hit: NameHit | None, before: NameHit | None, text: str, lexicon: Lexicon
) -> Span:
    """The phrase of a head without leading article, numerals and clauses.

    `hit` is the known name that the head belongs to, `before` one that ends directly before the head.
    """
    first = _first(tree, token, lexicon)
    last = _last(tree, token, lexicon)
    start, end = tree[first].start, tree[last].end
    if hit is not None:
        start, end = min(start, hit.start), max(end, hit.end)
    if before is not None:
        start = min(start, before.start)
    if text[start:end].endswith(("’s", "'s")):
        end -= 2
    start, end = _without_pictures(text, start, end)
    return Span(start, end, text[start:end])


def _without_pictures(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without flags, arrows and faces at its ends, with which posts set off what they name."""
    if text.isascii() or text[start:end].isascii():
        return start, end
    before, after = _PICTURES_FIRST.match(text, start, end), _PICTURES_LAST.search(text, start, end)
    first, last = before.end() if before else start, after.start() if after else end
    return (first, last) if first < last else (start, end)


def _first(tree: Tree, token: Token, lexicon: Lexicon) -> int:
    first = token.i
    left = tree.bounds(token.i)[0]
    while first > left:
        before = _before_brackets(tree, first - 1)
        if before < left or not _belongs(tree, token, before):
            break
        first = before
    while first < token.i and _quantity(tree, first, lexicon) and not _is_age(tree, first, token):
        while first + 2 < token.i and tree[first + 1].tag == "HYPH":  # "a six-month truce": not "-month truce"
            first += 2
        first += 1
    if token.tag == "CD" and left < first <= token.i and tree[first].tag == "HYPH" and tree.has(token.i, "prep"):
        first -= 1  # "TWENTY-one of the pupils"
    return min(first, token.i)


def _is_age(tree: Tree, first: int, token: Token) -> bool:
    """Tell whether a number begins the word for people of an age: "two 15-YEAR-OLDS"."""
    return token.lower in {"old", "olds"} and tree[first].tag == "CD" and 1 < token.i - first <= 4


def _before_brackets(tree: Tree, index: int) -> int:
    """The token before a short bracket that ends here ("Somali ARMY (SNA) troops"); the token itself elsewhere."""
    if tree[index].tag != "-RRB-":
        return index
    opened = next((i for i in range(index - 1, max(-1, index - _BRACKET), -1) if tree[i].tag == "-LRB-"), None)
    return index if opened is None else opened - 1


def _quantity(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    other = tree[index]
    if other.tag == "RB" and tree[other.head].dep == "amod" and other.lower == "heavily":
        return False
    if other.lower in _BURNING:
        return True  # "set ABLAZE six trucks"
    if other.lower in _AS_MANY and tree[index + 1].lower == "as":
        return True
    if other.lower in lexicon.actor_words["counting"]:
        return True  # "SEVERAL DOZEN rebels"
    if other.tag in {"HYPH", "SYM"} and tree[index + 1].tag == "CD" and index + 2 < len(tree):
        return True  # "20-25 soldiers"
    return other.tag in _NOT_LEADING or other.dep in {"quantmod", "nummod", "predet"}


def _belongs(tree: Tree, token: Token, index: int) -> bool:
    """Tell whether the token at `index`, directly before the phrase so far, is a modifier of its head."""
    other = tree[index]
    if other.dep in _INSIDE or other.tag in _MODIFIERS:
        return (
            tree.covers(token.i, index)
            and (other.dep not in {"conj", "appos", "relcl", "acl"} or tree.names_before(token.i)[-1:] == [index])
            and other.tag not in {",", "``", "''", "-LRB-", "-RRB-"}
        )
    return False


def _last(tree: Tree, token: Token, lexicon: Lexicon) -> int:
    if tree.bounds(token.i)[1] == token.i:
        return token.i
    if token.lemma == "passer-by":
        return token.i + 2
    last = _named(tree, token)
    for prep in tree.children(token.i, "prep"):
        if prep == last + 1 and _leads_on(tree, token, prep, lexicon):
            last = _joined(tree, token, _reach(tree, prep, last))
    for child in tree.children(token.i, "amod", "acl", "advmod", "relcl"):
        if child == last + 1 and tree[child].lower in lexicon.actor_words["members"]:
            last = _reach(tree, tree.child(child, "prep"), last)
    return last


def _named(tree: Tree, token: Token) -> int:
    """Where the name ends that follows a noun for one person or body: "the editor OMAR DIALLO"; else the noun."""
    after = token.i + 1
    if token.tag != "NN" or after >= len(tree) or not tree[after].is_proper:
        return token.i
    name = next((c for c in tree.children(token.i, "appos") if tree.bounds(c)[0] == after), None)
    if name is None or any(not tree[i].is_proper for i in range(after, name + 1)):
        return token.i
    return name


def _reach(tree: Tree, prep: int | None, last: int) -> int:
    """Where the phrase ends with its prepositional phrase, if that is short."""
    tail = _tail(tree, prep) if prep is not None else None
    return last if tail is None else tail


def _joined(tree: Tree, token: Token, last: int) -> int:
    """Where "ministers of Chad AND LIBYA" ends: several people belong to both."""
    if token.tag != "NNS" or last == token.i or not tree[last].is_proper or last + 1 >= len(tree):
        return last
    names = [c for c in tree.children(last, "conj") if tree[c].is_proper and tree.bounds(c)[0] == last + 2]
    return names[0] if names and tree[last + 1].lower == "and" else last


def _leads_on(tree: Tree, token: Token, prep: int, lexicon: Lexicon) -> bool:
    """Tell whether the preposition after a head leads to what belongs to it: "of", "from", of armed people "with"."""
    word = tree[prep].lemma
    if word == "of":
        above = tree[token.head]
        return token.dep not in {"dobj", "nsubjpass"} or above.lemma not in lexicon.actor_words["charging"]
    if word == "from":  # "families FROM THEIR homes" were driven out of them
        places = tree.children(prep, "pobj")
        return not any(tree[c].tag == "PRP$" for p in places for c in tree.children(p, "poss"))
    role = lexicon.roles.get(token.lemma)
    whose = tree.child(prep, "pobj")
    if whose is None or not (tree[whose].is_proper or tree[whose].lemma in lexicon.roles):
        return False  # "killed a gunman WITH stones"
    return word == "with" and role is not None and role.armed and (token.tag == "NN" or role.lemma == "fighter")


def _tail(tree: Tree, prep: int) -> int | None:
    """Last token of a short prepositional phrase; none where a number ends it ("a family of six")."""
    head = tree.child(prep, "pobj")
    if head is None or tree[head].tag == "CD":
        return None
    last = head
    for inner in tree.children(head, "prep"):
        if inner == last + 1 and tree[inner].lemma == "of":
            last = _tail(tree, inner) or last
    return last
