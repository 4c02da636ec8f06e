"""Room 3, mending: full sentences that the parser reads wrongly, in ways that the news has every day.

Door: `Mender`. `misread(tree)` says which words to read as others in a second parse; `mended(tree)` hangs words anew.
"""

from __future__ import annotations

from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.grammar import grammar_words
from reportedly.knowledge.lexicon import NOUN, Lexicon
from reportedly.knowledge.outcomes import Outcomes
from reportedly.mentions.inserted_tellers import with_teller
from reportedly.mentions.main_verbs import MainVerbs
from reportedly.mentions.mending_parties import FINITE, with_parties
from reportedly.mentions.riders import shots, with_riders
from reportedly.model.syntax import SUBJECTS, Token, Tree

_LEARNT = "seized"  # a past tense that every parser knows
_SHOWN = "indicate"
# "gunmen SUSPECTED TO BE bandits attacked", read as "gunmen WHO WERE MERE bandits attacked".
_TAKEN_FOR = ("who", "were", "mere")
# "gunmen LINKED TO the army killed two", read as "gunmen BACKED BY the army killed two".
_SIDED = ("backed", "by")
# Words that the parser takes for a part of the name after them, and for what is claimed, with words that it does not.
_INSTEAD = {"neighbouring": "nearby", "neighboring": "nearby", "claimed": "took", "owned": "took"}
_PERPETRATED = grammar_words()["perpetrating_verbs"]
_SHORT = {"incl": "including", "incl.": "including"}  # as bulletins write


class Mender:
    """Knows the words that the parser never learnt and the clauses that it hangs on the wrong verb."""

    def __init__(self, lexicon: Lexicon, outcomes: Outcomes) -> None:
        self._unlearned = lexicon.words["unlearned_pasts"]
        self._supposing = lexicon.words["supposing_participles"]
        self._harms = outcomes.transitive | lexicon.words["result_verbs"]
        self._siding = lexicon.words["siding_participles"]
        self._killing = outcomes.transitive
        self._tells = frozenset(lexicon.reporting.verbs)
        self._says = lexicon.reporting.lists["plain"]
        self._main = MainVerbs(lexicon.words["ditransitive_verbs"], self._tells)
        self._carriers = lexicon.words["event_carriers"]
        self._weapons = frozenset(lexicon.weapons) | {"air"}
        self._believes = lexicon.words["believing_verbs"]
        self._does = lexicon.words["light_verbs"]
        self._roles, self._sites = lexicon.roles, lexicon.words["places_and_sites"]
        self._counts = lexicon.reporting.lists["counts_of"]
        self._wrong = (
            self._unlearned
            | self._supposing
            | self._siding
            | {"show", "shot", "shoots", "shoot", "reports", "suspects"}
        )
        self._wrong |= {*_INSTEAD, *_SHORT, "claims", "boasts"}
        self._firing = lexicon.words["firing_adverbs"]
        self._deeds = frozenset(
            k for k, told in lexicon.triggers.items() if any(is_violent(t.event_type) for t in told)
        )
        self._of_self, self._papers = lexicon.reporting.lists["of_self"], lexicon.reporting.lists["papers"]

    def misread(self, tree: Tree) -> dict[int, str]:
        """Return the starts of words to read as others: past tenses taken for nouns ("the army RETOOK Kadi"), and
        participles taken for the verb of the sentence ("gunmen SUSPECTED TO BE bandits attacked", "gunmen LINKED TO the
        army attacked")."""
        if self._wrong.isdisjoint(tree.forms):
            return {}
        wrong = [t for t in tree if t.lower in self._wrong]
        words = {t.start: _LEARNT for t in wrong if t.lower in self._unlearned and t.tag != "VBD"}
        words.update((t.start, _SHOWN) for t in wrong if t.lower == "show" and self._shows(tree, t))
        words.update(shots(tree))
        words.update((t.start, "says") for t in wrong if t.lower == "reports" and _closes(tree, t))
        words.update((t.start, "blames") for t in wrong if t.lower == "suspects" and _accuses(tree, t))
        words.update((t.start, "claimed") for t in wrong if t.lower in {"claims", "boasts"} and _of_oneself(tree, t))
        words.update((t.start, _INSTEAD[t.lower]) for t in wrong if t.lower in _INSTEAD and _joined_wrongly(tree, t))
        words.update((t.start, _SHORT[t.lower]) for t in wrong if t.lower in _SHORT)
        for token in wrong:
            instead = _TAKEN_FOR if self._supposes(tree, token) else _SIDED if self._sides(tree, token) else ()
            words.update((tree[token.i + n].start, word) for n, word in enumerate(instead))
        return words

    def _shows(self, tree: Tree, token: Token) -> bool:
        """ "Nine were hurt, hospital records SHOW", read as a show."""
        return token.is_noun and token.i > 2 and tree[token.i - 1].lemma in self._counts

    def _sides(self, tree: Tree, token: Token) -> bool:
        """Tell whether a participle that only says with whom somebody sides was read as a main verb."""
        if token.lower not in self._siding or not 0 < token.i < len(tree) - 3 or token.dep in {"acl", "amod"}:
            return False
        beside = tree[token.i - 1].tag in {"NNS", "NN", "NNP", "-RRB-"} and tree[token.i + 1].lower in {"to", "with"}
        later = any(t.tag in {"VBD", "VBN"} for t in tree.tokens[token.i + 2 :])
        return beside and later and not tree.has(token.i, "aux", "auxpass")

    def _supposes(self, tree: Tree, token: Token) -> bool:
        """Tell whether a participle that only says who somebody may be was read as a main verb with a clause in it."""
        if token.lower not in self._supposing or not 0 < token.i < len(tree) - 3 or tree[token.i - 1].tag != "NNS":
            return False
        named = (tree[token.i + 1].lower, tree[token.i + 2].lower) == ("to", "be")
        later = any(t.tag in {"VBD", "VBN"} for t in tree.tokens[token.i + 3 :])
        return named and later and not tree.has(token.i, "aux", "auxpass")

    def mended(self, tree: Tree) -> Tree:
        """Return the tree with results hung from deeds, weapons that share one attack before it, and subjects and
        objects that were given to another word with the verb that they belong to."""
        tree = _without_being(tree) if "be" in tree.forms else tree
        if not tree.forms.isdisjoint(_SHORT):
            tree = Tree([t._replace(lower=_SHORT.get(t.lower, t.lower)) for t in tree])
        tree = self._with_own_deed(tree) if "to" in tree.forms else tree
        tree = self._with_claimed(self._with_agent(self._with_results(self._with_weapons(self._main.found(tree)))))
        tree = with_riders(self._with_accused(self._with_perpetrated(tree)), self._firing)
        tree = with_teller(tree, self._killing, self._says)
        return with_parties(tree, self._says, self._killing, self._believes)

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
        if "by" not in tree.forms:
            return tree
        for token in tree:
            if token.lower != "by" or token.dep != "prep" or not self._is_site(tree[token.head]):
                continue
            doer, place = tree.child(token.i, "pobj"), tree[tree[token.head].head]
            verb = tree[place.head]
            if doer is None or place.dep != "prep" or verb.tag not in {"VBN", "VBD"} or tree.has(verb.i, "agent"):
                continue
            role = self._roles.get(tree[doer].lemma)
            if tree.has(verb.i, "auxpass") and role is not None and role.armed:
                tokens = list(tree)
                tokens[token.i] = token._replace(head=verb.i, dep="agent")
                return Tree(tokens)
        return tree

    def _with_perpetrated(self, tree: Tree) -> Tree:
        """ "blamed X for the attack -- ... -- PERPETRATED on Monday", read as if the blaming were perpetrated."""
        if self._does.isdisjoint(tree.lemmas):
            return tree
        for token in tree:
            if token.lemma not in self._does or token.tag != "VBN" or token.head > token.i:
                continue
            if token.dep == "acl" and (told := self._done_above(tree, token)) is not None:
                tokens = list(tree)
                tokens[token.i] = token._replace(head=told)
                return Tree(tokens)
            if token.dep != "advcl":
                continue
            between = range(token.head + 1, token.i)
            deed = next((i for i in reversed(between) if tree[i].lemma in self._carriers and tree[i].is_noun), None)
            if deed is not None and not tree.has(token.i, "aux", "auxpass", "mark", *SUBJECTS):
                tokens = list(tree)
                tokens[token.i] = token._replace(head=deed, dep="acl")
                return Tree(tokens)
        return tree

    def _done_above(self, tree: Tree, token: Token) -> int | None:
        """The deed of "the murder of six priests, COMMITTED in May by soldiers", read as if priests were committed."""
        done = token.lemma in _PERPETRATED and tree.children(token.i, "agent")
        if not done or (NOUN, tree[token.head].lemma) in self._deeds:
            return None
        above = tree[token.head]
        while above.dep in {"pobj", "prep", "conj", "appos"} and above.head < above.i:
            above = tree[above.head]
            if above.is_noun and (NOUN, above.lemma) in self._deeds:
                return above.i
        return None

    def _with_accused(self, tree: Tree) -> Tree:
        """ "was accused by experts OF MASSACRES", read as experts of massacres."""
        if "accused" not in tree.forms:
            return tree
        for token in tree:
            agent = tree.child(token.i, "agent") if token.lower == "accused" else None
            who = tree.child(agent, "pobj") if agent is not None else None
            of = (
                next((p for p in tree.children(who, "prep") if tree[p].lower == "of"), None)
                if who is not None
                else None
            )
            inner = tree.child(of, "pobj", "pcomp") if of is not None else None
            if of is None or inner is None or any(tree[p].lower == "of" for p in tree.children(token.i, "prep")):
                continue
            if tree[inner].tag == "VBG" or (NOUN, tree[inner].lemma) in self._deeds:
                tokens = list(tree)
                tokens[of] = tree[of]._replace(head=token.i)
                return Tree(tokens)
        return tree

    def _is_site(self, token: Token) -> bool:
        """Tell whether a noun is a place, a building or a name."""
        role = self._roles.get(token.lemma)
        return token.is_proper or token.lemma in self._sites or (role is not None and role.facility)

    def _with_results(self, tree: Tree) -> Tree:
        """ "a drone hit a car, the army said, KILLING two", read as if the army's words had killed them."""
        if "advcl" not in tree.arcs or "VBG" not in tree.tags:
            return tree
        for token in tree:
            if token.tag != "VBG" or token.dep != "advcl" or token.lemma not in self._harms:
                continue
            teller = tree[token.head]
            told = tree.child(teller.i, "ccomp")
            deed = _after_tragedy(tree, teller, token) or self._over_scene(tree, teller, token)
            if deed is None and teller.lemma in self._killing:
                deed = _nearer(tree, teller, token)
            if deed is not None:
                tokens = list(tree)
                tokens[token.i] = token._replace(head=deed)
                return Tree(tokens)
            inserted = told is not None and told < teller.i < token.i and tree[token.i - 1].text == ","
            if inserted and told is not None and teller.lemma in self._tells and tree[told].is_verb:
                tokens = list(tree)
                tokens[token.i] = token._replace(head=told)
                tree = Tree(tokens)
        return tree

    def _over_scene(self, tree: Tree, verb: Token, result: Token) -> int | None:
        """The deed of "jets struck a school WHERE FAMILIES WERE SHELTERING, killing nine": they killed nobody."""
        if verb.dep != "relcl" or verb.lemma in self._harms or tree[result.i - 1].text != ",":
            return None
        if not any(tree[c].lower == "where" for c in tree.children(verb.i, "advmod")) or not tree.has(verb.i, "aux"):
            return None
        return next((a for a in tree.ancestors(verb.i) if tree[a].is_verb and tree[a].tag in FINITE), None)

    def _with_own_deed(self, tree: Tree) -> Tree:
        """ "claimed on Sunday TO HAVE KILLED four and WOUNDED three", read as claimed so as to have killed them."""
        for token in tree:
            if token.dep != "advcl" or token.tag != "VBN" or tree[token.head].lemma not in self._of_self:
                continue
            verb = tree[token.head]
            if verb.i < token.i and {tree[a].lower for a in tree.children(token.i, "aux")} >= {"to", "have"}:
                tokens = list(tree)
                tokens[token.i] = token._replace(dep="xcomp")
                for further in _joined_to(tree, verb, token):
                    tokens[further] = tree[further]._replace(head=token.i)
                return Tree(tokens)
        return tree

    def _with_claimed(self, tree: Tree) -> Tree:
        """ "claimed in a statement TO HAVE KILLED nine", read as if the statement had killed them."""
        if self._papers.isdisjoint(tree.lemmas) or self._of_self.isdisjoint(tree.lemmas):
            return tree
        for token in tree:
            paper = tree[token.head]
            if token.dep not in {"acl", "relcl"} or paper.dep != "pobj" or paper.lemma not in self._papers:
                continue
            verb = tree[tree[paper.head].head]
            perfect = {tree[a].lower for a in tree.children(token.i, "aux")} >= {"to", "have"}
            if perfect and verb.is_verb and verb.lemma in self._of_self:
                tokens = list(tree)
                tokens[token.i] = token._replace(head=verb.i, dep="xcomp")
                return Tree(tokens)
        return tree


def _joined_to(tree: Tree, verb: Token, deed: Token) -> list[int]:
    """The further deeds behind one, read as done by who tells of it."""
    after = (c for c in tree.children(verb.i, "conj") if c > deed.i and tree[c].tag in {"VBD", "VBN"})
    return [c for c in after if not tree.has(c, "aux", "auxpass", *SUBJECTS)]


def _without_being(tree: Tree) -> Tree:
    """The tree of "gunmen suspected to BE bandits", where "be" was read as a quality of theirs."""
    if "amod" not in tree.arcs or not any(t.lower == "be" and t.dep == "amod" for t in tree):
        return tree
    being = [t.lower == "be" and t.dep == "amod" for t in tree]
    return Tree([t._replace(dep="aux", head=tree[t.head].head) if b else t for t, b in zip(tree, being, strict=True)])


def _joined_wrongly(tree: Tree, token: Token) -> bool:
    """ "in NEIGHBOURING Jawf", "a group called X CLAIMED responsibility", both read as parts of a name or phrase."""
    if _INSTEAD[token.lower] == "took":
        return token.dep == "amod" and tree[token.head].lemma == "responsibility"
    return token.is_proper or token.dep == "compound"


def _accuses(tree: Tree, token: Token) -> bool:
    """ "The army SUSPECTS the front", read as suspects of the army's."""
    after = tree[token.i + 1] if token.i + 1 < len(tree) else None
    named = after is not None and (after.is_noun or after.tag in {"DT", "JJ"})
    others = any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in tree if t.i != token.i)
    return named and not others and token.i > 0 and tree[token.i - 1].is_noun


def _of_oneself(tree: Tree, token: Token) -> bool:
    """ "The Lions CLAIMS TO HAVE killed nine", "CLAIMS responsibility", read as claims of theirs."""
    after = [t.lower for t in tree[token.i + 1 : token.i + 3]]
    return token.tag == "NNS" and token.i > 0 and (after == ["to", "have"] or after[:1] == ["responsibility"])


def _closes(tree: Tree, token: Token) -> bool:
    """ "Two were hurt in X, the Centre for Human Rights REPORTS.", read as reports on such rights."""
    if token.tag != "NNS" or any(t.tag != "." for t in tree.tokens[token.i + 1 :]):
        return False
    comma = next((t.i for t in reversed(tree.tokens[: token.i]) if t.text == ","), None)
    if comma is None or any(t.tag == "CC" or t.is_verb for t in tree.tokens[comma : token.i]):
        return False
    return any(t.tag in FINITE for t in tree.tokens[:comma])


def _after_tragedy(tree: Tree, verb: Token, result: Token) -> int | None:
    """The deed of "tragedy STRUCK in the village when bandits ATTACKED it, killing nine"."""
    subject = tree.child(verb.i, "nsubj")
    if subject is None or tree[subject].lemma not in {"tragedy", "disaster", "horror", "panic"}:
        return None
    clauses = (t.i for t in tree if t.dep in {"advcl", "relcl"} and verb.i < t.i < result.i and t.tag == "VBD")
    return next(clauses, None)


def _nearer(tree: Tree, harmed: Token, result: Token) -> int | None:
    """The deed of "40 HAVE BEEN KILLED since men STORMED the town, killing nine": who was killed killed nobody."""
    if harmed.i > result.i or not tree.has(harmed.i, "auxpass") or tree[result.i - 1].text != ",":
        return None
    clauses = (t.i for t in reversed(tree.tokens[harmed.i : result.i]) if t.dep in {"advcl", "relcl"} and t.is_verb)
    return next((c for c in clauses if tree.bounds(c)[1] >= result.i - 2 and tree.has(c, "nsubj")), None)


def _shared(tree: Tree, first: Token, attack: Token) -> Tree:
    """The tree in which an attack noun takes the place of the weapon that it was joined to, and what hangs there."""
    tokens = list(tree)
    for child in tree.children(first.i):
        if child != attack.i and tree[child].dep not in {"cc", "compound"}:
            tokens[child] = tokens[child]._replace(head=attack.i)
    tokens[attack.i] = attack._replace(dep=first.dep, head=first.head if first.head != first.i else attack.i)
    tokens[first.i] = first._replace(dep="compound", head=attack.i)
    return Tree(tokens)
