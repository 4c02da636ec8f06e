"""Room 3, rehanging in groups of people: of whom a clause with "who" speaks, and whose "fighters OF X" somebody's are.

Doors: the rules of `rehanging.rehung` for them: `who_agrees`, `of_the_last`, `passing`, `in_brackets`, `behind_place`,
`coming_after`, `body_and_rebels` and `in_motion`.
"""

from __future__ import annotations

from reportedly.model.syntax import Token, Tree

_MANY, _ONE = frozenset({"were", "are", "have"}), frozenset({"was", "is", "has"})
_PLURAL, _SINGULAR = frozenset({"NNS", "NNPS"}), frozenset({"NN", "NNP"})
_OWN = frozenset({"of", "from", "with"})


def who_agrees(tree: Tree, token: Token) -> Tree | None:
    """ "two workers of an agency WHO were abducted", read as an agency that was."""
    clause = tree[token.head]
    near = tree[clause.head]
    prep = tree[near.head]
    group = tree[prep.head]
    if clause.dep != "relcl" or near.dep != "pobj" or prep.lower not in _OWN or group.dep == "pobj":
        return None
    forms = {tree[c].lower for c in tree.children(clause.i, "aux", "auxpass")} | {clause.lower}
    many = near.tag in _SINGULAR and group.tag in _PLURAL and not forms.isdisjoint(_MANY)
    one = near.tag in _PLURAL and group.tag in _SINGULAR and not forms.isdisjoint(_ONE)
    return _hung(tree, clause, group) if many or one else None


def of_the_last(tree: Tree, token: Token) -> Tree | None:
    """ "HIS unit and fighters of X took a post", read as a unit of X."""
    first = tree[token.head]
    last = next((c for c in tree.children(first.i, "conj") if tree[c].tag == "NNS"), None)
    of = next((p for p in tree.children(first.i, "prep") if tree[p].lower == "of"), None)
    if token.dep != "poss" or last is None or of != last + 1 or tree.has(last, "poss", "det"):
        return None
    return _hung(tree, tree[of], tree[last])


def passing(tree: Tree, token: Token) -> Tree | None:
    """ "a PASSER-by was killed", read as a "by"."""
    by = tree[token.i + 2] if token.i + 2 < len(tree) and tree[token.i + 1].text == "-" else None
    if by is None or by.lower != "by":
        return None
    tokens = list(tree)
    if (
        not token.is_noun
        and token.i
        and tree[token.i - 1].tag == "DT"
        and tree[token.i - 1].head not in (token.i, by.i)
    ):
        return _one_passing(tree, tree[token.i - 1], token)
    if token.head != by.i:
        tokens[token.i] = token._replace(lemma="passer-by", tag=token.tag if token.is_noun else "NN")
        harm = tree[by.i + 1] if by.i + 1 < len(tree) else by
        if harm.head == token.i and harm.tag == "VBN" and token.dep == "conj" and tree[token.head].is_verb:
            tokens[token.i] = tokens[token.i]._replace(
                dep="nsubjpass", head=harm.i
            )  # "he was hurt and A PASSER-BY KILLED"
            tokens[harm.i] = harm._replace(dep="conj", head=token.head)
        return None if token.lemma == "passer-by" else Tree(tokens)
    for child in tree.children(by.i):
        tokens[child] = tree[child]._replace(head=token.i)
    tag = "NNS" if token.lower == "passers" else "NN"
    head = by.head if by.head != by.i else token.i
    tokens[token.i] = token._replace(lemma="passer-by", tag=tag, dep=by.dep, head=head)
    tokens[by.i] = by._replace(dep="punct", head=token.i)
    return Tree(tokens)


def _one_passing(tree: Tree, article: Token, token: Token) -> Tree:
    """The tree of "five soldiers and A PASSER-by", where the article was read as one more of them."""
    tokens = list(tree)
    joint = tree[article.i - 1] if article.i else article
    head = joint.head if article.dep == "conj" and joint.dep == "cc" else article.head
    alone = article.head == article.i
    tokens[token.i] = token._replace(lemma="passer-by", tag="NN", dep=article.dep, head=token.i if alone else head)
    tokens[article.i] = article._replace(dep="det", head=token.i)
    for mark in (token.i + 1, token.i + 2):
        tokens[mark] = tree[mark]._replace(dep="punct", head=token.i)
    return Tree(tokens)


def in_brackets(tree: Tree, token: Token) -> Tree | None:
    """ "Two Defence Forces (DF) SOLDIERS died", read as forces that are soldiers."""
    body, who = tree[token.i - 1] if token.i else token, tree[token.i + 3] if token.i + 3 < len(tree) else token
    if who.tag != "NNS" or not body.is_proper or tree[token.i + 2].text != ")":
        return None
    if who.dep != "appos" or who.head != body.i or body.dep == "compound":
        return None
    tokens = list(tree)
    tokens[who.i] = who._replace(dep=body.dep, head=body.head if body.head != body.i else who.i)
    tokens[body.i] = body._replace(dep="compound", head=who.i)
    first = tree[tree.bounds(body.i)[0]]
    if first.tag in {"CD", "DT"}:
        tokens[first.i] = first._replace(head=who.i, dep="nummod" if first.tag == "CD" else "det")
    return Tree(tokens)


def behind_place(tree: Tree, token: Token) -> Tree | None:
    """ "clashed in Uyo town, Akwa Ibom, POLICE and officials said", read as told by Akwa Ibom too."""
    name = next((s for s in tree.children(token.i, "nsubj") if s < token.i), None)
    who = next((c for c in tree.children(name, "conj")), None) if name is not None else None
    if name is None or who is None or not tree[name].is_proper or tree[who].is_proper:
        return None
    opens = tree.bounds(name)[0]
    town = tree[opens - 2] if opens > 2 and tree[opens - 1].text == "," else tree[name]
    if town.dep != "pobj" or tree[tree.bounds(who)[0] - 1].text != ",":
        return None
    tokens = list(tree)
    tokens[name] = tree[name]._replace(dep="appos", head=town.i)
    tokens[who] = tree[who]._replace(dep="nsubj", head=token.i)
    return Tree(tokens)


def coming_after(tree: Tree, token: Token) -> Tree | None:
    """ "PURSUING troops killed one bandit", read as if to pursue troops had killed him."""
    who, verb = tree.child(token.i, "dobj"), tree[token.head]
    if token.dep != "csubj" or who != token.i + 1 or tree[who].tag != "NNS" or verb.i < who:
        return None
    tokens = list(tree)
    tokens[who] = tree[who]._replace(dep="nsubj", head=verb.i)
    tokens[token.i] = token._replace(dep="amod", head=who)
    return Tree(tokens)


def body_and_rebels(tree: Tree, token: Token) -> Tree | None:
    """ "The ARMY and M23 rebels fought", "the ARMY and Chadian mercenaries", read as rebels of an army and of M23."""
    rebels = tree[token.head]
    if token.dep not in {"nmod", "compound"} or rebels.tag != "NNS" or token.i > rebels.i - 3:
        return None
    beside = [c for c in tree.children(token.i, "conj") if tree[c].is_proper or tree[c].tag == "JJ"]
    beside += [c for c in tree.children(rebels.i, "amod") if tree[c - 1].dep == "cc" and tree[c - 1].head == token.i]
    name = next((c for c in beside if c == rebels.i - 1), None)
    if name is None:
        return None
    tokens = list(tree)
    tokens[token.i] = token._replace(dep=rebels.dep, head=rebels.head if rebels.head != rebels.i else token.i)
    tokens[rebels.i] = rebels._replace(dep="conj", head=token.i)
    if tree[name].dep == "conj":
        tokens[name] = tree[name]._replace(dep="amod" if tree[name].tag == "JJ" else "compound", head=rebels.i)
    for child in tree.children(rebels.i):
        if child < token.i:
            tokens[child] = tree[child]._replace(head=token.i)
    return Tree(tokens)


def in_motion(tree: Tree, token: Token) -> Tree | None:
    """ "a column of FLEEING rebels north of X", read as if somebody fled the rebels."""
    group, who = tree[tree[token.head].head], tree.child(token.i, "dobj")
    if token.dep != "pcomp" or not group.is_noun or who != token.i + 1 or tree[who].tag != "NNS":
        return None
    tokens = list(tree)
    tokens[who] = tree[who]._replace(dep="pobj", head=token.head)
    for child in tree.children(token.i):
        if child != who:
            tokens[child] = tree[child]._replace(head=group.head if tree[child].dep in {"cc", "conj"} else who)
    tokens[token.i] = token._replace(dep="amod", head=who)
    return Tree(tokens)


def _hung(tree: Tree, word: Token, head: Token) -> Tree:
    tokens = list(tree)
    tokens[word.i] = word._replace(head=head.i)
    return Tree(tokens)
