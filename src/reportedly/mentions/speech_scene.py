"""Room 3, speech: what the rules of telling look at, and how they cut content and name speakers.

Used by `speech` and its rule modules only. Token indices are those of the scene's tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.knowledge.lexicon import Lexicon, Reporting
from reportedly.model import ActorRef, Span, Stance
from reportedly.model.quick import quick
from reportedly.model.reading import Telling
from reportedly.model.syntax import SUBJECTS, Token, Tree

_EDGE = frozenset({",", ".", "''", "``", ":", "-LRB-", "-RRB-", "HYPH", "CC"})
_MARKS = frozenset({"``", "''"})
_CLAUSE_WORDS = frozenset({"what", "which", "who", "whom", "that", "whose", "where", "how", "why"})
_DASHES = frozenset({"--", "–", "—"})
_NAME_PARTS = frozenset({"compound", "amod", "nmod", "poss", "case", "nummod", "det"})
_TELLER_KINDS = frozenset(
    {
        "state_forces",
        "rebel_group",
        "political_militia",
        "identity_militia",
        "external_forces",
        "government",
        "international_organisation",
        "company",
        "media",
        "other",
        "civilians",
        "protesters",
    }
)


@quick
@dataclass(frozen=True, slots=True)
class Scene:
    """One tree with its actors, the quotations near it, the words of the language and those of telling among them, and
    the document's text."""

    tree: Tree
    actors: Mapping[int, ActorRef]
    quotations: Sequence[Span]
    lexicon: Lexicon
    words: Reporting
    text: str

    def listed(self, name: str, lemma: str) -> bool:
        """Tell whether a lemma is in one of the named lists of the reporting words."""
        return lemma in self.words.lists[name]

    def accuses(self, name: str, lemma: str) -> bool:
        """Tell whether a lemma is in one of the named lists of the words of blame."""
        return lemma in self.words.blame[name]

    def span(self, first: int, last: int) -> Span:
        """The words from one token to another."""
        return Span.of(self.text, self.tree[first].start, self.tree[last].end)

    def clause(self, index: int) -> tuple[Span, ...]:
        """The words of a subtree, without what other tellers say inside it."""
        return self.pieces(*self.tree.bounds(index))

    def pieces(self, first: int, last: int, *cuts: tuple[int, int]) -> tuple[Span, ...]:
        """The words of a stretch without the stretches cut out of it and without other tellers' clauses at its end."""
        banned = {i for a, b in (*cuts, *self._foreign(first, last)) for i in range(a, b + 1)}
        found: list[Span] = []
        run: list[int] = []
        for i in range(first, last + 2):
            if i <= last and i not in banned:
                run.append(i)
            elif run:
                found += self._trimmed(run[0], run[-1])
                run = []
        whole = [s for s in found if s.quote.lower() not in _CLAUSE_WORDS]
        return tuple(whole or found)

    def _trimmed(self, first: int, last: int) -> list[Span]:
        tree = self.tree
        while last > first and tree[last].tag in _EDGE:
            last -= 1
        while first < last and tree[first].tag in _EDGE:
            first += 1
        return [self.span(first, last)] if tree[first].tag not in _EDGE else []

    def _foreign(self, first: int, last: int) -> Iterable[tuple[int, int]]:
        """Clauses in which somebody else tells something: "..., while the army said ...", "an accusation X denies"."""
        tree = self.tree
        for i in range(first, last + 1):
            token = tree[i]
            if token.lemma not in self.words.verbs or not token.is_verb:
                continue
            if token.tag == "VBG" and self.listed("cites", token.lemma) and (told := tree.child(i, "dobj")) is not None:
                yield i, tree.bounds(told)[1]
                continue
            own = tree.child(i, "nsubj")
            left, right = tree.bounds(i)
            if token.dep in {"advcl", "conj"} and own is not None and left > first and right <= last:
                yield left, right
            elif token.dep == "relcl" and tree[token.head].dep == "appos" and own is not None:
                yield tree.bounds(token.head)
            elif token.dep == "conj" and own is None and self.listed("resumes", token.lemma) and left > first:
                yield left, right

    # -- speakers

    def source(self, head: int | None) -> tuple[Span, ...]:
        """The words for a speaker: those of its actor, else its noun phrase."""
        if head is None:
            return ()
        ref = self.actors.get(head)
        if ref is not None:
            return (ref.span,)
        first = head
        while first > 0 and self.tree[first - 1].dep in _NAME_PARTS and self.tree.covers(head, first - 1):
            first -= 1
        while first < head and self.tree[first].tag in {"DT", "PRP$", "CC"}:
            first += 1
        return (self.span(first, head),)

    def owner(self, head: int | None) -> int | None:
        """For "a statement by the army" the army: who speaks through a text, where the words say it."""
        tree = self.tree
        if head is None or not (self.listed("papers", tree[head].lemma) or self.listed("counts_of", tree[head].lemma)):
            return head
        for child in tree.children(head, "poss", "compound", "nmod", "amod"):
            if self._speaks(child):
                return child
        for child in tree.children(head, "prep", "acl", "agent"):
            token = tree[child]
            if token.lower in {"by", "from", "of"}:
                inner = tree.child(child, "pobj")
            elif self.listed("issues", token.lemma):
                inner = self.agent(child)
            else:
                continue
            if inner is not None and (self._speaks(inner) or token.lower == "by" or token.is_verb):
                return inner
        return head

    def _speaks(self, index: int) -> bool:
        """Tell whether a phrase names somebody who can speak, rather than a place or a thing."""
        ref = self.actors.get(index)
        if ref is not None and self.lexicon.speakers_of(ref.span.quote.lower()) is not None:
            return True
        if ref is None or ref.kind not in _TELLER_KINDS:
            return False
        return ref.actor_id is not None or ref.role is not None

    def agent(self, verb: int) -> int | None:
        """The "by" phrase of a passive."""
        tree = self.tree
        for child in tree.children(verb, "agent", "prep"):
            if tree[child].lower == "by" and (found := tree.child(child, "pobj")) is not None:
                return found
        return None

    def nobody(self, head: int | None) -> bool:
        """Tell whether a subject is "nobody", "no group", "neither side"."""
        if head is None:
            return False
        first = self.tree.bounds(head)[0]
        return any(self.listed("nobody", self.tree[i].lower) for i in range(first, min(first + 2, head + 1)))

    def negated(self, index: int) -> bool:
        """Tell whether a verb is negated."""
        return self.tree.has(index, "neg") or any(
            self.tree[c].lower in {"neither", "nor"} for c in self.tree.children(index, "preconj", "cc", "advmod")
        )

    def passive(self, verb: int) -> bool:
        """Tell whether a verb stands in the passive, or is a participle that describes a noun before it."""
        tree, token = self.tree, self.tree[verb]
        if tree.has(verb, "auxpass", "nsubjpass"):
            return True
        return token.dep == "acl" and token.tag in {"VBN", "VBD"}

    def described(self, verb: int) -> int | None:
        """The subject of a passive verb, or the noun that a participle describes."""
        subject = self.tree.child(verb, "nsubjpass", "nsubj")
        if subject is None and self.tree[verb].dep == "acl":
            return self.tree[verb].head
        return antecedent(self.tree, verb, subject) if subject is not None else None

    def telling(
        self,
        cue_head: int,
        content: Sequence[Span],
        stance: Stance,
        head: int | None,
        *,
        culprit: int | None = None,
        responsibility: str | None = None,
        cue: Span | None = None,
    ) -> Telling | None:
        """A telling, or None where nothing is told."""
        if not content or self.nobody(head) or self._is_told(head):
            return None
        head = self.owner(head)
        speaker = self.actors.get(head) if head is not None else None
        source = self.source(head)
        if speaker is None and source:
            speaker = ActorRef(source[0], None, source[0].quote, None, "unknown", None, None)
        return Telling(
            cue=cue or self.span(cue_head, cue_head),
            content=tuple(content),
            stance=stance,
            speaker=speaker,
            source=source,
            speaker_head=head,
            cue_head=cue_head,
            culprit=culprit,
            responsibility=responsibility,
            named=head is not None,
            quoted=self._is_quoted(content[0]),
        )

    def _is_told(self, head: int | None) -> bool:
        """Tell whether what seems to speak is what is told of: "one wounded, no FATALITIES reported"."""
        return head is not None and self.listed("not_speakers", self.tree[head].lemma)

    def _is_quoted(self, content: Span) -> bool:
        """Tell whether words stand in quotation marks, of whatever kind."""
        start, tree = content.start, self.tree
        opened = any(tree[i].end <= start and tree[i].tag in _MARKS for i in tree.at(start - 2, start))
        return opened or any(q.start <= start < q.end for q in self.quotations)


def has_clause(tree: Tree, index: int) -> bool:
    """Tell whether a dependant is a clause rather than a phrase."""
    token = tree[index]
    return token.is_verb or token.tag.startswith("JJ") or tree.has(index, *SUBJECTS, "aux", "cop", "mark")


def subject_of(tree: Tree, index: int) -> int | None:
    """The subject of an active verb, through conjunctions, relative clauses and participles; None if there is none."""
    seen: set[int] = set()
    here: int | None = index
    while here is not None and here not in seen:
        seen.add(here)
        subject = _nearest_subject(tree, here)
        if subject is not None:
            return antecedent(tree, here, subject)
        token = tree[here]
        if token.dep in {"acl", "relcl"} and not tree[token.head].is_verb:
            return token.head
        here = token.head if token.dep in {"conj", "xcomp", "advcl", "acomp"} and tree[token.head].head >= 0 else None
        if here is not None and not (tree[here].is_verb or tree[here].tag.startswith("JJ")):
            here = None
    return None


def _nearest_subject(tree: Tree, verb: int) -> int | None:
    """Of several subjects the one behind the verb (a quoted headline's noun comes with it), or beside it and after a
    comma ("Nine dead, THE GOVERNOR said"), else the first."""
    found = tree.children(verb, "nsubj", "nsubjpass")
    if len(found) > 1 and found[-1] > verb:
        return found[-1]
    if len(found) > 1 and any(tree[i].text == ":" for i in range(found[0], found[-1])):
        return found[-1]  # "Mali: rebels took the town, RESIDENTS said"
    plain = [f for f in found if tree[f].tag not in {"WDT", "WP"}]
    beside = len(plain) > 1 and tree.bounds(plain[-1])[1] == verb - 1
    if beside and any(tree[i].tag == "," for i in range(plain[0] + 1, plain[-1])):
        return plain[-1]
    return (plain or found)[0] if found else None


def speaker_of(scene: Scene, verb: Token) -> int | None:
    """The speaker of an active verb of telling: in "X said rebels fired, and accused them" the one who accuses is X.

    In "X said so, while Y claimed the attack and said they had won" it is Y, who has told something already.
    """
    tree = scene.tree
    if verb.dep != "conj" or not scene.listed("resumes", verb.lemma) or tree.child(verb.i, "nsubj") is not None:
        return subject_of(tree, verb.i)
    here = verb.head
    while tree[here].dep == "conj":
        here = tree[here].head
    if tree[here].lemma in scene.words.verbs and tree.child(here, "nsubj") is not None:
        return subject_of(tree, here)
    if tree[here].dep in {"ccomp", "advcl"} and tree[tree[here].head].lemma in scene.words.verbs:
        here = tree[here].head
    elif tree[here].dep == "advcl" and tree[tree[tree[here].head].head].lemma in scene.words.verbs:
        here = tree[tree[here].head].head
    return subject_of(tree, here)


def antecedent(tree: Tree, verb: int, subject: int) -> int:
    """For "who", "which" and "that", the noun that the relative clause describes."""
    if tree[subject].tag in {"WDT", "WP"} and tree[verb].dep in {"relcl", "acl"}:
        outer = _before_aside(tree, subject)
        return tree[verb].head if outer is None else outer
    return subject


def _before_aside(tree: Tree, pronoun: int) -> int | None:
    """ "the Front -- men wanted by several courts -- WHO said": the noun before the aside that ends there."""
    if pronoun < 3 or tree[pronoun - 1].text not in _DASHES:
        return None
    opening = next((i for i in range(pronoun - 2, 0, -1) if tree[i].text in _DASHES), None)
    return opening - 1 if opening is not None and tree[opening - 1].is_noun else None


def prepositions(tree: Tree, index: int) -> dict[str, int]:
    """The prepositions that hang from a word, by lemma; the first of each."""
    found: dict[str, int] = {}
    for prep in tree.children(index, "prep"):
        found.setdefault(tree[prep].lower, prep)
    return found


def governor(tree: Tree, verb: Token) -> int | None:
    """The word that governs an infinitive: "declined" in "declined to say", "able" or "been" in "not been able to"."""
    return verb.head if verb.dep in {"xcomp", "acl"} and verb.head != verb.i else None


def called_untrue(scene: Scene, clause: int) -> bool:
    """ "reports that X are FALSE", "it was NOT TRUE that X": what a clause says of what others say."""
    tree = scene.tree
    subject = tree.child(clause, "nsubj")
    if tree[clause].lemma != "be" or subject is None:
        return False
    said = tree[subject].lower == "it" and tree.has(clause, "ccomp")
    if not said and tree[subject].lemma not in scene.words.nouns:
        return False
    words = [tree[a].lower for a in tree.children(clause, "acomp")]
    false = any(scene.words.adjectives.get(word) == "denied" for word in words)
    true = any(scene.listed("truths", word) for word in words)
    return true if tree.has(clause, "neg") else false
