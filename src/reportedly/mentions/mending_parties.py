"""Room 3, mending: subjects, objects and clauses that the parser gave to another word than the one they belong to.

Door: `with_parties(tree, tells, kills, believes)`; each step returns the tree itself where it reads well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from reportedly.model.syntax import SUBJECTS, Token, Tree

# The tags of a verb that tells a deed.
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})


def with_parties(tree: Tree, tells: Collection[str], kills: Collection[str], believes: Collection[str]) -> Tree:
    """Return the tree with whoever speaks, does and suffers hung from the verb that says so."""
    tree = _with_object(_with_speaker(tree, tells), kills)
    tree = _with_believed(_with_deed(_with_subject(_with_opened(tree))), believes)
    for arcs, step in _STEPS:
        if arcs <= tree.arcs:
            tree = step(tree)
    return tree


def _with_speaker(tree: Tree, tells: Collection[str]) -> Tree:
    """Return the tree with the phrase after the last comma as the speaker; the tree itself where it reads well."""
    if "ccomp" not in tree.arcs:
        return tree
    for token in tree:
        if token.lemma not in tells or not token.is_verb:
            continue
        spoken, speaker = tree.child(token.i, "ccomp"), tree.child(token.i, "nsubj")
        if spoken is None or speaker is None or not spoken < speaker < token.i:
            continue
        if not tree[spoken].is_verb or tree.has(spoken, "dobj", "nsubjpass", "auxpass", "agent"):
            continue
        named = _last_phrase(tree, speaker, token.i)
        if named is not None:
            tokens = list(tree)
            tokens[speaker] = tree[speaker]._replace(head=spoken, dep="dobj")
            tokens[named] = tree[named]._replace(head=token.i, dep="nsubj")
            return Tree(tokens)
    return tree


def _with_subject(tree: Tree) -> Tree:
    """Return the tree with the phrase before a verb as its subject, where it was read as what a place is."""
    if "appos" not in tree.arcs:
        return tree
    for token in tree:
        if token.tag not in FINITE or token.dep not in {"ROOT", "ccomp"} or tree.has(token.i, *SUBJECTS):
            continue
        helpers = tree.children(token.i, "aux", "auxpass", "neg")
        first = min([token.i, *(h for h in helpers if h < token.i)])
        for prep in tree.children(token.i, "prep"):
            place = tree.child(prep, "pobj") if prep < first else None
            named = _outermost(tree, place) if place is not None else None
            if named is not None and all(t.dep == "punct" for t in tree.tokens[tree.bounds(named)[1] + 1 : first]):
                passive = tree.has(token.i, "auxpass")
                tokens = list(tree)
                tokens[named] = tree[named]._replace(head=token.i, dep="nsubjpass" if passive else "nsubj")
                return Tree(tokens)
    return tree


def _with_opened(tree: Tree) -> Tree:
    """Return the tree in which who acts behind an opening name does so: "On SUNDAY REBELS blew up a bridge"."""
    if len(tree) < 5 or tree[0].dep != "prep" or tree[0].lower not in _OPENING or not tree[1].is_proper:
        return tree
    verb, actor = tree[tree[0].head], tree.child(0, "pobj")
    if (
        actor is None
        or tree[1].dep not in {"compound", "nmod"}
        or tree[1].head != actor
        or tree[actor].tag not in {"NN", "NNS"}
    ):
        return tree
    if verb.tag not in FINITE or verb.i < actor or tree.has(verb.i, *SUBJECTS):
        return tree
    if any(not t.dep.startswith("aux") and t.dep not in {"advmod", "neg"} for t in tree.tokens[actor + 1 : verb.i]):
        return tree
    tokens = list(tree)
    tokens[1] = tree[1]._replace(head=0, dep="pobj")
    passive = tree.has(verb.i, "auxpass")
    tokens[actor] = tree[actor]._replace(head=verb.i, dep="nsubjpass" if passive else "nsubj")
    return Tree(tokens)


_OPENING = frozenset({"on", "in"})


def _outermost(tree: Tree, place: int) -> int | None:
    """What a place was read to be: the first noun beside it, or beside what it is part of."""
    inside = (c for c in tree.subtree(place) if tree[c].dep == "appos" and tree[c].is_noun)
    named = next(inside, None)
    return named if named is not None and tree.bounds(named)[1] == tree.bounds(place)[1] else None


def _with_deed(tree: Tree) -> Tree:
    """Return the tree in which "Pakistani SHELLING across the line killed ten" tells what killed."""
    if "ccomp" not in tree.arcs or "VBG" not in tree.tags:
        return tree
    for token in tree:
        who = tree.child(token.i, "nsubj") if token.tag == "VBG" and token.dep == "ccomp" else None
        if who is None or who != token.i - 1 or not tree[who].tag.startswith(("NNP", "JJ")):
            continue
        if tree.has(token.i, "aux", "dobj", "mark"):
            continue
        beside = (tree[c] for c in tree.children(token.head, "ccomp") if c > token.i)
        verb = next((v for v in beside if v.tag in FINITE and not tree.has(v.i, *SUBJECTS)), None)
        if verb is not None:
            tokens = list(tree)
            tokens[who] = tree[who]._replace(tag="JJ", lemma=tree[who].lower, dep="amod")
            tokens[token.i] = token._replace(tag="NN", lemma=token.lower, dep="nsubj", head=verb.i)
            return Tree(tokens)
    return tree


def _with_object(tree: Tree, harms: Collection[str]) -> Tree:
    """Return the tree with those who do something else as the object of a verb of harm: "killed ten people QUEUING"."""
    if tree.lemmas.isdisjoint(harms):
        return tree
    for token in tree:
        if token.lemma not in harms or token.tag not in {"VBD", "VBZ", "VBP"}:
            continue
        if tree.has(token.i, "dobj", "nsubjpass", "auxpass", "agent"):
            continue
        for other in tree.children(token.i, "advcl", "ccomp", "xcomp"):
            whom = tree.child(other, "nsubj")
            if whom is None or tree[other].tag != "VBG" or tree[whom].tag == "PRP" or whom > other:
                continue
            if tree.bounds(whom)[0] == token.i + 1 and not tree.has(other, "mark", "aux"):
                tokens = list(tree)
                tokens[whom] = tree[whom]._replace(head=token.i, dep="dobj")
                tokens[other] = tree[other]._replace(head=whom, dep="acl")
                return Tree(tokens)
    return tree


def _with_believed(tree: Tree, believing: Collection[str]) -> Tree:
    """Return the tree in which "gunmen BELIEVED to be rebels abducted ten" tells who abducted, not who believes."""
    if tree.lemmas.isdisjoint(believing):
        return tree
    for token in tree:
        if token.lemma not in believing or token.tag not in {"VBD", "VBN"} or tree.has(token.i, "aux", "auxpass"):
            continue
        who, being = tree.child(token.i, "nsubj", "nsubjpass"), tree.child(token.i, "xcomp")
        told = (c for c in tree.children(token.i, "ccomp") if tree[c].tag in FINITE)
        deeds = [c for c in told if not tree.has(c, *SUBJECTS)]
        if who is None or being is None or not who < token.i < being or not deeds or deeds[0] < being:
            continue
        deed = deeds[0]
        top = deed if token.head == token.i else token.head
        tokens = list(tree)
        for child in tree.children(token.i):
            if child < who or child > deed:
                tokens[child] = tree[child]._replace(head=deed)
        tokens[deed] = tree[deed]._replace(head=top, dep=token.dep)
        tokens[who] = tree[who]._replace(head=deed, dep="nsubj")
        tokens[token.i] = token._replace(head=who, dep="acl", tag="VBN")
        return Tree(tokens)
    return tree


def _with_participle(tree: Tree) -> Tree:
    """Return the tree in which "judges WARNED of a raid HAVE FLED" tells who fled, not who warned."""
    if "VBD" not in tree.tags:
        return tree
    for token in tree:
        if token.tag != "VBD" or tree.has(token.i, "dobj", "cc", "aux", "auxpass", "ccomp"):
            continue
        who = tree.child(token.i, "nsubj")
        told = next((c for c in tree.children(token.i, "conj") if tree.has(c, "aux", "auxpass")), None)
        if who is None or told is None or tree.has(told, *SUBJECTS) or not who < token.i < told:
            continue
        if any(token.i < p < told for p in tree.children(token.i, "punct")):
            continue
        helpers = [tree[h] for h in tree.children(told, "aux", "auxpass")]
        if tree.bounds(who)[1] != token.i - 1 or helpers[0].tag not in {"VBD", "VBP", "VBZ", "MD"}:
            continue
        passive = tree.has(told, "auxpass")
        tokens = list(tree)
        for child in tree.children(token.i):
            if child > told:
                tokens[child] = tree[child]._replace(head=told)
        top = told if token.head == token.i else token.head
        tokens[told] = tree[told]._replace(head=top, dep=token.dep)
        tokens[who] = tree[who]._replace(head=told, dep="nsubjpass" if passive else "nsubj")
        tokens[token.i] = token._replace(head=who, dep="acl", tag="VBN")
        return Tree(tokens)
    return tree


_CALLED = frozenset({"called", "named", "dubbed"})


def _with_called(tree: Tree) -> Tree:
    """Return the tree in which "a gang CALLED the Herons WAS RAIDED" tells who was raided, not what it called."""
    if _CALLED.isdisjoint(tree.forms):
        return tree
    for token in tree:
        if token.lower not in _CALLED or token.dep == "acl" or tree.has(token.i, "aux", "auxpass"):
            continue
        who = tree.child(token.i, "nsubj")
        deeds = [c for c in tree.children(token.i, "ccomp", "oprd", "conj") if tree.has(c, "auxpass")]
        if who is None or not deeds or tree.has(deeds[0], *SUBJECTS) or tree.bounds(who)[1] != token.i - 1:
            continue
        told, tokens = deeds[0], list(tree)
        for child in tree.children(token.i):
            if child < who or child > told:
                tokens[child] = tree[child]._replace(head=told)
        tokens[told] = tree[told]._replace(head=told if token.head == token.i else token.head, dep=token.dep)
        tokens[who] = tree[who]._replace(head=told, dep="nsubjpass")
        tokens[token.i] = token._replace(head=token.i - 1, dep="acl", tag="VBN")
        return Tree(tokens)
    return tree


def _with_reduced(tree: Tree) -> Tree:
    """Return the tree in which "the raid CARRIED OUT in X WAS the work of Y" tells what the raid was."""
    if "ccomp" not in tree.arcs and "csubj" not in tree.arcs:
        return tree
    for token in tree:
        if token.tag not in {"VBN", "VBD"} or token.dep not in {"csubj", "ccomp"}:
            continue
        who = tree.child(token.i, "nsubj")
        if who is None or who != token.i - 1 or tree.has(token.i, "dobj", "aux", "auxpass", "cc", "ccomp"):
            continue
        told = _left_without_subject(tree, token)
        if told is None:
            continue
        tokens = list(tree)
        for child in tree.children(token.i):
            if child < who:
                tokens[child] = tree[child]._replace(head=told)
        if tree[told].head == token.i:
            tokens[told] = tree[told]._replace(head=token.head if token.head != token.i else told, dep=token.dep)
        tokens[who] = tree[who]._replace(head=told, dep="nsubj")
        tokens[token.i] = token._replace(head=who, dep="acl", tag="VBN")
        return Tree(tokens)
    return tree


def _left_without_subject(tree: Tree, token: Token) -> int | None:
    """The form of "be" behind a participle that was read as its subject, or as a clause beside it."""
    beside = [token.head] if token.dep == "csubj" else tree.children(token.head, "ccomp")
    beside += tree.children(token.i, "conj")
    told = (tree[c] for c in beside if c > token.i and tree[c].lemma == "be" and tree[c].tag in FINITE)
    return next((t.i for t in told if set(tree.children(t.i, *SUBJECTS)) <= {token.i}), None)


def _with_joint(tree: Tree) -> Tree:
    """Return the tree in which "X, the Y, and Z burned" has one subject of two parts, not two subjects."""
    if "and" not in tree.forms:
        return tree
    for token in tree:
        if token.dep != "nsubj" or token.i < 2:
            continue
        first = tree.child(token.head, "nsubj")
        left = tree.bounds(token.i)[0]
        if first is None or not first < left - 1 or token.i > token.head or tree[left - 1].lower != "and":
            continue
        tokens = list(tree)
        tokens[token.i] = token._replace(head=first, dep="conj")
        return Tree(tokens)
    return tree


_PLACING = frozenset({"in", "at", "near", "outside"})


def _with_opening(tree: Tree) -> Tree:
    """Return the tree in which what follows a place at the opening acts: "In X, A STRIKE on a house killed nine"."""
    first = next((t for t in tree.tokens[:6] if t.lower in _PLACING and t.dep == "prep"), None)
    if len(tree) < 5 or first is None or tree.has(first.i, "pobj", "pcomp"):
        return tree
    name = tree.child(first.head, "nsubj", "nsubjpass")
    named = next((a for a in tree.children(name, "appos") if a > name), None) if name is not None else None
    if name is None or named is None or not first.i < name < first.head or tree[name + 1].text != ",":
        return tree
    if not tree[name].is_proper or tree[named].is_proper or any(tree[i].is_verb for i in range(first.i, name)):
        return tree
    tokens = list(tree)
    tokens[name] = tree[name]._replace(head=first.i, dep="pobj")
    tokens[named] = tree[named]._replace(head=first.head, dep=tree[name].dep)
    return Tree(tokens)


def _with_listed(tree: Tree) -> Tree:
    """Return the tree in which "After talks in X, Y AND Z agreed" tells what Y and Z did, not of a list of three."""
    if len(tree) < 7 or tree[0].dep != "prep":
        return tree
    verb = tree[0].head
    if tree[verb].tag not in FINITE or tree.has(verb, *SUBJECTS):
        return tree
    for token in tree.tokens[1:verb]:
        first = next(iter(tree.children(token.i, "conj")), None) if token.dep == "pobj" and token.is_proper else None
        if first is None or tree[token.i + 1].text != "," or tree.has(token.i, "cc") or first > verb:
            continue
        if tree[first].is_proper and tree.has(first, "cc") and tree.has(first, "conj"):
            tokens = list(tree)
            tokens[first] = tree[first]._replace(head=verb, dep="nsubj")
            return Tree(tokens)
    return tree


def _with_gerunds(tree: Tree) -> Tree:
    """Return the tree in which "accused of killing two men and BURNING houses" tells of burning, not of such homes."""
    for token in tree:
        thing = tree[token.head]
        if token.tag != "VBG" or token.dep != "amod" or thing.dep != "conj" or token.i == 0:
            continue
        first = tree[tree.first_conjunct(thing.i)]
        doing = tree[first.head]
        joined = tree[token.i - 1].tag == "CC" and tree[token.i - 1].lower == "and"
        if joined and first.dep == "dobj" and doing.tag == "VBG" and doing.dep in {"pcomp", "advcl", "xcomp", "conj"}:
            tokens = list(tree)
            tokens[token.i] = token._replace(head=doing.i, dep="conj")
            tokens[thing.i] = thing._replace(head=token.i, dep="dobj")
            return Tree(tokens)
    return tree


def _with_second_deed(tree: Tree) -> Tree:
    """Return the tree in which "bombed and STRAFED villages" tells two deeds, not of strafed villages beside one."""
    for token in tree:
        thing = tree[token.head]
        if token.tag not in {"VBN", "VBD"} or token.dep != "amod" or thing.dep != "conj" or token.i == 0:
            continue
        first = tree[thing.head]
        joined = tree[token.i - 1].dep == "cc" and tree[token.i - 1].head == first.i
        if joined and first.tag in FINITE and not tree.has(first.i, "dobj", "auxpass", "agent"):
            tokens = list(tree)
            tokens[token.i] = token._replace(head=first.i, dep="conj", tag=first.tag)
            tokens[thing.i] = thing._replace(head=token.i, dep="dobj")
            return Tree(tokens)
    return tree


def _with_next_deed(tree: Tree) -> Tree:
    """Return the tree in which "had killed 31 soldiers, CAPTURED six and ..." is done by those who killed."""
    for token in tree:
        if token.tag not in {"VBD", "VBN"} or token.dep != "ccomp" or tree.has(token.i, *SUBJECTS, "mark"):
            continue
        before = [c for c in tree.children(token.head, "ccomp") if token.head < c < token.i]
        first = before[-1] if before else None
        if first is None or tree[token.i - 1].text != "," or not tree.has(first, *SUBJECTS):
            continue
        if tree.bounds(first)[1] >= token.i - 2 and not tree.has(token.i, "auxpass"):
            tokens = list(tree)
            tokens[token.i] = token._replace(head=first, dep="conj")
            return Tree(tokens)
    return tree


def _with_last_deed(tree: Tree) -> Tree:
    """Return the tree in which "captured six and SEIZED weapons" tells two deeds, not of what was taken beside six."""
    for token in tree:
        thing = tree[token.head]
        if token.tag not in {"VBD", "VBN"} or token.dep != "conj" or thing.is_verb or thing.dep != "dobj":
            continue
        verb, joined = tree[thing.head], tree[token.i - 1]
        if joined.dep == "cc" and joined.head == thing.i and verb.tag in FINITE and tree.has(token.i, "dobj"):
            tokens = list(tree)
            tokens[token.i] = token._replace(head=verb.i, tag="VBD")
            tokens[joined.i] = joined._replace(head=verb.i)
            return Tree(tokens)
    return tree


def _last_phrase(tree: Tree, speaker: int, verb: int) -> int | None:
    """The head of the phrase between the last comma and the verb, where it hangs from what stands before the comma."""
    comma = next((i for i in range(verb - 1, speaker, -1) if tree[i].tag == ","), None)
    if comma is None or comma + 1 == verb or tree.bounds(speaker)[1] < verb - 1:
        return None
    outer = [i for i in range(comma + 1, verb) if tree[i].head <= comma]
    head = outer[0] if len(outer) == 1 and tree[outer[0]].is_noun else None
    return head if head is not None and tree[head].dep in {"conj", "appos"} else None


# Each with the labels without which there is nothing for it to mend.
_STEPS: tuple[tuple[frozenset[str], Callable[[Tree], Tree]], ...] = (
    (frozenset({"nsubj", "conj"}), _with_participle),
    (frozenset({"nsubj"}), _with_called),
    (frozenset({"nsubj"}), _with_reduced),
    (frozenset({"amod", "conj"}), _with_gerunds),
    (frozenset({"amod", "conj"}), _with_second_deed),
    (frozenset({"appos"}), _with_opening),
    (frozenset({"prep", "pobj", "conj"}), _with_listed),
    (frozenset({"nsubj"}), _with_joint),
    (frozenset({"ccomp"}), _with_next_deed),
    (frozenset({"conj", "dobj"}), _with_last_deed),
)
