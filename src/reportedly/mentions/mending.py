"""Room 3, mending: full sentences that the parser reads wrongly, in ways that the news has every day.

Door: `Mender`. `misread(tree)` says which words to read as others in a second parse; `mended(tree)` hangs words anew.
"""

from __future__ import annotations

from collections.abc import Collection

from reportedly.knowledge.lexicon import Lexicon
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model.syntax import SUBJECTS, Token, Tree

_LEARNT = "seized"  # a past tense that every parser knows
# "gunmen SUSPECTED TO BE bandits attacked", read as "gunmen WHO WERE LIKELY bandits attacked".
_TAKEN_FOR = ("who", "were", "likely")
# The tags of a verb that tells a deed.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})


class Mender:
    """Knows the words that the parser never learnt and the clauses that it hangs on the wrong verb."""

    def __init__(self, lexicon: Lexicon, outcomes: Outcomes) -> None:
        self._unlearned = lexicon.words["unlearned_pasts"]
        self._supposing = lexicon.words["supposing_participles"]
        self._harms = outcomes.transitive | lexicon.words["result_verbs"]
        self._killing = outcomes.transitive
        self._tells = frozenset(lexicon.reporting.verbs)
        self._says = lexicon.reporting.lists["plain"]
        self._carriers = lexicon.words["event_carriers"]
        self._weapons = frozenset(lexicon.weapons) | {"air"}
        self._believes = lexicon.words["believing_verbs"]
        self._does = lexicon.words["light_verbs"]
        self._roles, self._sites = lexicon.roles, lexicon.words["places_and_sites"]

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
        """Return the tree with results hung from deeds, weapons that share one attack before it, and subjects and
        objects that were given to another word with the verb that they belong to."""
        tree = self._with_agent(self._with_results(self._with_weapons(tree)))
        tree = self._with_perpetrated(tree)
        tree = _with_object(_with_speaker(tree, self._says), self._killing)
        tree = _with_believed(_with_deed(_with_subject(tree)), self._believes)
        return _with_participle(tree)

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

    def _with_agent(self, tree: Tree) -> Tree:
        """ "was shot at the market BY POLICEMEN in plain clothes", read as a market by the policemen."""
        for token in tree:
            if token.lower != "by" or token.dep != "prep" or not self._is_site(tree[token.head]):
                continue
            doer, place = tree.child(token.i, "pobj"), tree[tree[token.head].head]
            verb = tree[place.head]
            if doer is None or place.dep != "prep" or verb.tag not in {"VBN", "VBD"} or tree.children(verb.i, "agent"):
                continue
            role = self._roles.get(tree[doer].lemma)
            if tree.children(verb.i, "auxpass") and role is not None and role.armed:
                tokens = list(tree)
                tokens[token.i] = token._replace(head=verb.i, dep="agent")
                return Tree(tokens)
        return tree

    def _with_perpetrated(self, tree: Tree) -> Tree:
        """ "blamed X for the attack -- ... -- PERPETRATED on Monday", read as if the blaming were perpetrated."""
        if self._does.isdisjoint(tree.lemmas):
            return tree
        for token in tree:
            if token.lemma not in self._does or token.tag != "VBN" or token.dep != "advcl" or token.head > token.i:
                continue
            between = range(token.head + 1, token.i)
            deed = next((i for i in reversed(between) if tree[i].lemma in self._carriers and tree[i].is_noun), None)
            if deed is not None and not tree.children(token.i, "aux", "auxpass", "mark", *SUBJECTS):
                tokens = list(tree)
                tokens[token.i] = token._replace(head=deed, dep="acl")
                return Tree(tokens)
        return tree

    def _is_site(self, token: Token) -> bool:
        """Tell whether a noun is a place, a building or a name."""
        role = self._roles.get(token.lemma)
        return token.is_proper or token.lemma in self._sites or (role is not None and role.facility)

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


def _with_speaker(tree: Tree, tells: Collection[str]) -> Tree:
    """Return the tree with the phrase after the last comma as the speaker; the tree itself where it reads well."""
    for token in tree:
        if token.lemma not in tells or not token.is_verb:
            continue
        spoken, speaker = tree.child(token.i, "ccomp"), tree.child(token.i, "nsubj")
        if spoken is None or speaker is None or not spoken < speaker < token.i:
            continue
        if not tree[spoken].is_verb or tree.children(spoken, "dobj", "nsubjpass", "auxpass", "agent"):
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
    for token in tree:
        if token.tag not in _FINITE or token.dep not in {"ROOT", "ccomp"} or tree.children(token.i, *SUBJECTS):
            continue
        helpers = tree.children(token.i, "aux", "auxpass", "neg")
        first = min([token.i, *(h for h in helpers if h < token.i)])
        for prep in tree.children(token.i, "prep"):
            place = tree.child(prep, "pobj") if prep < first else None
            appositions = tree.children(place, "appos") if place is not None else []
            named = next((a for a in appositions if tree[a].is_noun), None)
            if named is not None and tree.bounds(named)[1] == first - 1:
                passive = bool(tree.children(token.i, "auxpass"))
                tokens = list(tree)
                tokens[named] = tree[named]._replace(head=token.i, dep="nsubjpass" if passive else "nsubj")
                return Tree(tokens)
    return tree


def _with_deed(tree: Tree) -> Tree:
    """Return the tree in which "Pakistani SHELLING across the line killed ten" tells what killed."""
    for token in tree:
        who = tree.child(token.i, "nsubj") if token.tag == "VBG" and token.dep == "ccomp" else None
        if who is None or who != token.i - 1 or not tree[who].tag.startswith(("NNP", "JJ")):
            continue
        if tree.children(token.i, "aux", "dobj", "mark"):
            continue
        beside = (tree[c] for c in tree.children(token.head, "ccomp") if c > token.i)
        verb = next((v for v in beside if v.tag in _FINITE and not tree.children(v.i, *SUBJECTS)), None)
        if verb is not None:
            tokens = list(tree)
            tokens[who] = tree[who]._replace(tag="JJ", lemma=tree[who].lower, dep="amod")
            tokens[token.i] = token._replace(tag="NN", lemma=token.lower, dep="nsubj", head=verb.i)
            return Tree(tokens)
    return tree


def _with_object(tree: Tree, harms: Collection[str]) -> Tree:
    """Return the tree with those who do something else as the object of a verb of harm: "killed ten people QUEUING"."""
    for token in tree:
        if token.lemma not in harms or token.tag not in {"VBD", "VBZ", "VBP"}:
            continue
        if tree.children(token.i, "dobj", "nsubjpass", "auxpass", "agent"):
            continue
        for other in tree.children(token.i, "advcl", "ccomp", "xcomp"):
            whom = tree.child(other, "nsubj")
            if whom is None or tree[other].tag != "VBG" or tree[whom].tag == "PRP" or whom > other:
                continue
            if tree.bounds(whom)[0] == token.i + 1 and not tree.children(other, "mark", "aux"):
                tokens = list(tree)
                tokens[whom] = tree[whom]._replace(head=token.i, dep="dobj")
                tokens[other] = tree[other]._replace(head=whom, dep="acl")
                return Tree(tokens)
    return tree


def _with_believed(tree: Tree, believing: Collection[str]) -> Tree:
    """Return the tree in which "gunmen BELIEVED to be rebels abducted ten" tells who abducted, not who believes."""
    for token in tree:
        if token.lemma not in believing or token.tag not in {"VBD", "VBN"} or tree.children(token.i, "aux", "auxpass"):
            continue
        who, being = tree.child(token.i, "nsubj", "nsubjpass"), tree.child(token.i, "xcomp")
        told = (c for c in tree.children(token.i, "ccomp") if tree[c].tag in _FINITE)
        deeds = [c for c in told if not tree.children(c, *SUBJECTS)]
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
    for token in tree:
        if token.tag != "VBD" or tree.children(token.i, "dobj", "cc", "aux", "auxpass", "ccomp"):
            continue
        who = tree.child(token.i, "nsubj")
        told = next((c for c in tree.children(token.i, "conj") if tree.children(c, "aux", "auxpass")), None)
        if who is None or told is None or tree.children(told, *SUBJECTS) or not who < token.i < told:
            continue
        if any(token.i < p < told for p in tree.children(token.i, "punct")):
            continue
        helpers = [tree[h] for h in tree.children(told, "aux", "auxpass")]
        if tree.bounds(who)[1] != token.i - 1 or helpers[0].tag not in {"VBD", "VBP", "VBZ", "MD"}:
            continue
        passive = bool(tree.children(told, "auxpass"))
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


def _last_phrase(tree: Tree, speaker: int, verb: int) -> int | None:
    """The head of the phrase between the last comma and the verb, where it hangs from what stands before the comma."""
    comma = next((i for i in range(verb - 1, speaker, -1) if tree[i].tag == ","), None)
    if comma is None or comma + 1 == verb or tree.bounds(speaker)[1] < verb - 1:
        return None
    outer = [i for i in range(comma + 1, verb) if tree[i].head <= comma]
    head = outer[0] if len(outer) == 1 and tree[outer[0]].is_noun else None
    return head if head is not None and tree[head].dep in {"conj", "appos"} else None
