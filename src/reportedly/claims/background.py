"""Room 4, background: does a sentence report a particular happening, or speak of violence in general or of the past?

Doors: `background(sentence, heads, dated, figures, words)`; `recalled` for acts without violence; `of_such`. It reads
what grammar says: a habit ("often attack"), people in general ("those who kill"), things without number or day
("their attacks"), what is recalled ("the anniversary of the massacre"), a question. A day or a figure makes a happening
particular. Lists: `lexicon/en/grammar.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.model import Modality
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

Words = Mapping[str, frozenset[str]]
_UP = 5  # arcs from an event word up to the word that recalls it ("the ANNIVERSARY of the 1982 massacre of villagers")
_RELATIVE = frozenset({"who", "which", "that"})
_SOME = frozenset({"several", "few", "both", "these", "those", "two", "three"})
_SETS = frozenset({"series", "wave", "string", "spate", "number", "couple", "rash", "one", "two", "three"})
_ONLY = frozenset({"only", "solely", "exclusively"})
_CARRYING = frozenset(
    {"pobj", "prep", "dobj", "nsubj", "nsubjpass", "conj", "compound", "amod", "poss", "pcomp", "attr", "acl", "relcl"}
)


def background(sentence: Sentence, heads: Sequence[int], dated: bool, figures: bool, words: Words) -> Modality | None:
    """Return `historical` or `hypothetical` where the event words tell no particular happening, else None.

    `heads` are the event words, the leading one first; `dated` tells whether a day is theirs, `figures` a toll.
    """
    tree, lead = sentence.tree, heads[0]
    if recalled(tree, heads, words) or _of_old(tree, lead, words):
        return "historical"
    if _asked(tree, lead):
        return "hypothetical"
    if figures:
        return None
    if tree[lead].is_verb and _errand(tree, lead, words):
        return "planned"
    if dated:
        return None
    if tree[lead].dep == "amod" and (tree[lead].tag.startswith("JJ") or tree[lead].tag in {"VBG", "VBN"}):
        return "historical"  # "the dead baron", "the murdering battalions": what they are, not what happened
    if "such" in tree.forms and any(of_such(tree, i) for i in (lead, *tree.children(lead, "dobj", "nsubjpass"))):
        return "historical"
    if tree[lead].is_verb:
        return _of_verb(sentence, lead, words)
    return _of_noun(sentence, lead, words) if tree[lead].is_noun else None


def of_such(tree: Tree, noun: int) -> bool:
    """ "The group has carried out SUCH ATTACKS before": others of the kind, not the one told."""
    return any(tree[d].lower == "such" for d in tree.children(noun, "det", "amod", "predet"))


def recalled(tree: Tree, heads: Sequence[int], words: Words) -> bool:
    """Tell whether event words only name what is remembered, or what somebody is known by."""
    return any(_recalled(tree, head, words) for head in heads)


def _recalled(tree: Tree, head: int, words: Words) -> bool:
    """What is commemorated, or belongs to a history, a museum, an anniversary."""
    here = head
    for _ in range(_UP):
        token = tree[here]
        if token.head == here or token.dep not in _CARRYING:
            return False
        here = token.head
        if tree[head].lemma in words["crowds_gather"] and _led_or_past(tree, here, words):
            return True  # "a leader OF THE PROTESTS", "following WEEKS of protests"
        if tree[here].lemma in words["recalling"] or (tree[here].lemma == "scene" and tree[here].dep == "appos"):
            return True  # "the province, the SCENE of ethnic violence last year"
        if tree[here].is_verb and tree[here].dep != "pcomp":
            return False
    return False


def _led_or_past(tree: Tree, index: int, words: Words) -> bool:
    """Tell whether protests are only named to say who somebody is, or after what something else happened."""
    token = tree[index]
    if token.lemma in words["of_protests"]:
        return True
    return token.lower in {"weeks", "months", "years"} and tree[token.head].lower in {"after", "following", "since"}


def _of_old(tree: Tree, head: int, words: Words) -> bool:
    """ "in the past", "once", "often", "every week" beside the verb."""
    verb = head if tree[head].is_verb else tree[head].head
    if not tree[verb].is_verb:
        return False
    for child in tree.children(verb, "advmod", "npadvmod", "prep"):
        if tree[child].lower in words["habit_adverbs"]:
            return True
        if any(tree[d].lower == "every" for d in tree.children(child, "det")) and not _counted(tree, child):
            return True
        if tree[child].dep == "prep" and any(tree[p].lemma == "past" for p in tree.children(child, "pobj")):
            return True
    return False


def _asked(tree: Tree, head: int) -> bool:
    """A question whether it happened; "who killed him?" takes the killing as given."""
    last = tree[len(tree) - 1]
    if "?" not in last.text or any(t.lower in {"who", "why", "how", "what", "where", "when"} for t in tree):
        return False
    return not any(tree[a].dep == "relcl" for a in (head, *tree.ancestors(head)))


# ------------------------------------------------------------------------------------------- verbs


def _of_verb(sentence: Sentence, verb: int, words: Words) -> Modality | None:
    tree = sentence.tree
    if _in_general(tree, verb, words):
        return "hypothetical"
    if _purpose(tree, verb, words):
        return "hypothetical"
    if _habit(sentence, verb):
        return "historical"
    return None


def _in_general(tree: Tree, verb: int, words: Words) -> bool:
    """ "those who kill", "anyone who attacks", "a government that bombs its people": whoever does so."""
    here = verb
    while tree[here].dep == "conj" and tree[tree[here].head].is_verb:
        here = tree[here].head
    if tree[here].dep != "relcl" or not _present(tree, here):
        return False
    people = tree[tree[here].head]
    if people.lower in words["anybody"]:
        return True
    return any(tree[d].lower in words["any_determiners"] for d in tree.children(people.i, "det"))


def _errand(tree: Tree, verb: int, words: Words) -> bool:
    """ "LEFT the town on Monday TO RETAKE the hills": what one sets out for; the day is that of the leaving."""
    top = _top(tree, verb)
    return (
        _infinitive(tree, top)
        and tree[top].dep in {"advcl", "xcomp"}
        and tree[tree[top].head].lemma in words["sets_out"]
    )


def _infinitive(tree: Tree, verb: int) -> bool:
    return tree[verb].tag == "VB" and any(tree[a].tag == "TO" for a in tree.children(verb, "aux"))


def _purpose(tree: Tree, verb: int, words: Words) -> bool:
    """ "weapons TO KILL one another", "travelled TO KILL him": an aim; "used aircraft to bomb them" was done."""
    top = _top(tree, verb)
    if not _infinitive(tree, top):
        return False
    token = tree[top]
    if token.dep in {"relcl", "acl"}:
        return tree[token.head].is_noun and tree[token.head].lemma not in words["means_to_do"]
    return token.dep == "advcl" and tree[token.head].lemma not in words["means_to_do"]


def _habit(sentence: Sentence, verb: int) -> bool:
    """The simple present of a full sentence tells what somebody does again and again; headlines use it for news."""
    tree = sentence.tree
    if not _present(tree, verb) or not _is_sentence(tree):
        return False
    limits = [c for i in (verb, *tree.children(verb, "dobj")) for c in tree.children(i, "advmod")]
    if any(tree[c].lower in _ONLY for c in (*limits, min(verb + 1, len(tree) - 1))):
        return True  # "it targets ONLY depots": what it says that it does in general
    top = tree[_top(tree, verb)]
    if top.dep == "ccomp" and tree[top.head].tag == "VBD" and tree.has(top.i, "mark"):
        return True  # "said that the group FIGHTS soldiers": what it does in general
    subjects = tree.children(top.i, "nsubj", "nsubjpass")
    return not sentence.places and all(_bare(tree, s) or tree[s].lower in _RELATIVE for s in subjects)


def _is_sentence(tree: Tree) -> bool:
    """Tell whether the words end as a full sentence does; headlines, their parts ("HEAVY FIRE;"), captions do not."""
    last = tree[len(tree) - 1].text
    return last in {".", "!", "?", "”", '"'} or (last == ";" and any(token.is_verb for token in tree))


def _top(tree: Tree, verb: int) -> int:
    while tree[verb].dep == "conj" and tree[tree[verb].head].is_verb and not tree.has(verb, "nsubj", "nsubjpass"):
        verb = tree[verb].head
    return verb


def _present(tree: Tree, verb: int) -> bool:
    """Simple present: "attacks", "are killed"; not "are attacking", "have killed"."""
    if tree[verb].tag in {"VBZ", "VBP"}:
        return True
    if tree[verb].tag == "VB" and tree[verb].dep == "conj":
        return _present(tree, tree[verb].head)
    top = _top(tree, verb)
    helpers = [tree[a] for a in tree.children(top, "aux", "auxpass")]
    return (
        tree[verb].tag == "VBN"
        and [h.lemma for h in helpers] == ["be"]
        and all(h.tag in {"VBP", "VBZ"} for h in helpers)
    )


# ------------------------------------------------------------------------------------------- nouns


def _of_noun(sentence: Sentence, noun: int, words: Words) -> Modality | None:
    tree = sentence.tree
    determiners = {tree[d].lower for d in tree.children(noun, "det", "amod", "predet")}
    if determiners & words["any_determiners"]:
        return "hypothetical"
    if tree[noun].dep == "dobj" and _in_general(tree, tree[noun].head, words):
        return "hypothetical"  # "people who SURVIVE A SHOOTING"
    if tree[noun].tag not in {"NNS", "NNPS"} or _counted(tree, noun) or _hits(tree, noun):
        return None
    if sentence.places and not _is_sentence(tree):
        return None  # a headline's news: "Fierce battles near the airport"
    return None if _told_of(sentence, noun) else "historical"


def _told_of(sentence: Sentence, noun: int) -> bool:
    """ "the murders which have occurred", "the assassinations of Senator X": single acts, told together."""
    tree = sentence.tree
    if any(tree[c].tag in {"VBD", "VBN"} for c in tree.children(noun, "relcl", "acl")):
        return True
    objects = [p for prep in tree.children(noun, "prep") for p in tree.children(prep, "pobj")]
    return any(tree[o].is_proper and _named(sentence, o) for o in objects)


def _named(sentence: Sentence, index: int) -> bool:
    """A person or body by name, not a country or a place."""
    token, ref = sentence.tree[index], sentence.actors.get(index)
    if ref is None or (ref.kind == "government" and ref.actor_id is not None):
        return False
    return not any(p.span.start < token.end and token.start < p.span.end for p in sentence.places)


def _hits(tree: Tree, noun: int) -> bool:
    """ "air strikes destroyed the market": the verb tells what they did."""
    verb = tree[tree[noun].head]
    return tree[noun].dep == "nsubj" and verb.is_verb and verb.tag in {"VBD", "VBN"} and verb.lemma != "be"


def _counted(tree: Tree, noun: int) -> bool:
    """ "two attacks", "several bombings", "a few raids", "a series of raids", "a number of attacks"."""
    if tree.has(noun, "nummod") or any(tree[c].lower in _SOME for c in tree.children(noun, "amod", "det")):
        return True
    up = tree[tree[noun].head]
    if tree[noun].dep != "pobj" or up.lower != "of" or tree[up.head].lemma not in _SETS:
        return False
    trend = any(tree[d].lower == "the" for d in tree.children(up.head, "det"))  # "THE number of attacks has doubled"
    return not (trend and tree[up.head].lemma == "number")


def _bare(tree: Tree, noun: int) -> bool:
    """A plural without article, number or name: "bandits", "armed groups", "children"."""
    if tree[noun].tag != "NNS":
        return False
    return not any(tree[c].dep in {"det", "nummod", "poss"} or tree[c].is_proper for c in tree.children(noun))
