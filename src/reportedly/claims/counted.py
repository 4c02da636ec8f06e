"""Room 4, counted: what a figure of a sentence counts, by the parse first, and the words around it.

Door: `Scene`. Shared by the rules of `figures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.claims.raw_tolls import RawToll, made, token_at
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import Outcome
from reportedly.model.quantity import Quantity
from reportedly.model.reading import Sentence

# A toll, the token of its word of harm, and the whole or the figure that it is read with.
Read = tuple[RawToll, int, RawToll | None]
REACH = 14  # tokens looked at on each side of a counted phrase
_TOLL_REACH = 16
_BESIDE = frozenset({"nummod", "quantmod", "det", "amod", "compound", "predet", "advmod", "npadvmod", "nmod", "neg"})
SKIP_TAGS = frozenset(
    {
        "JJ",
        "JJR",
        "CD",
        ",",
        "CC",
        "NNP",
        "NNPS",
        "NNS",
        "NN",
        "HYPH",
        "POS",
        "DT",
        "PRP$",
        "RB",
        "RBR",
        "-LRB-",
        "-RRB-",
    }
)
PRONOUNS = frozenset({"them", "whom", "which", "those", "these"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure: the first and last token of its words, the counted noun (None: none said), the last of the phrase."""

    quantity: Quantity
    first: int
    last: int
    noun: int | None
    end: int


class Scene:
    """One sentence whose figures are read from left to right; `known` are the tolls read so far, later figures lean on
    them."""

    def __init__(self, sentence: Sentence, taken: Sequence[RawToll], outcomes: Outcomes) -> None:
        self.sentence, self.tree, self.outcomes = sentence, sentence.tree, outcomes
        self.words = [t.lower for t in sentence.tree]
        self.known = sorted(taken, key=lambda t: t.start)

    def counted(self, quantity: Quantity) -> Counted | None:
        if not quantity.countable:
            return None
        first = token_at(self.tree, quantity.start)
        at = token_at(self.tree, quantity.number_start)
        last = token_at(self.tree, quantity.end - 1)
        if first is None or at is None or last is None:
            return None
        noun = self.noun(at, last)
        return Counted(quantity, first, last, noun, max(last, noun if noun is not None else last))

    def noun(self, at: int, last: int) -> int | None:
        """The noun that the figure counts: the one that it hangs from, that after "of", or the next one."""
        tree = self.tree
        here = at
        for _ in range(3):
            if tree[here].dep not in _BESIDE or tree[here].head <= here:
                break
            if tree[here].is_noun and tree[here].lemma not in self.outcomes.people and self.says_harm(tree[here].head):
                break
            here = tree[here].head
        if here > last and tree[here].is_noun and not self.says_harm(here) and self.plain_between(last, here):
            return here
        following = last + 1
        if following < len(tree) and tree[following].lower == "of":
            return self.after_of(following)
        return self.next_noun(last)

    def says_harm(self, index: int) -> bool:
        """Tell whether a word is one of harm that follows the counted ones ("soldiers PRISONER", "three SLAIN")."""
        if self.tree[index].tag == "NNS":
            return False
        return any(p.words.fullmatch(self.words[index]) for p in self.outcomes.after)

    def after_of(self, of: int) -> int | None:
        inner = self.tree.child(of, "pobj")
        if inner is not None and inner - of <= 5:
            return inner
        return self.next_noun(of)

    def next_noun(self, last: int) -> int | None:
        tree, found = self.tree, None
        for index in range(last + 1, min(len(tree), last + 6)):
            token = tree[index]
            if token.is_noun and token.tag != "PRP" and not self.says_harm(index):
                found = index
            elif (
                found is not None
                or token.tag not in {"JJ", "JJR", "HYPH", "DT", "PRP$", "VBN"}
                or token.lower in {"dead", "wounded", "killed", "injured", "hurt", "missing"}
            ):
                break
        return found

    def plain_between(self, last: int, noun: int) -> bool:
        return noun - last <= 7 and all(
            t.tag in SKIP_TAGS or t.tag in {"VBN", "VBG", "JJS", "``", "''", "IN"}
            for t in self.tree.tokens[last + 1 : noun]
        )

    def may_count(self, counted: Counted) -> bool:
        """Things and happenings are not counted as harm, lives and bodies are."""
        if counted.noun is None:
            return True
        token = self.tree[counted.noun]
        if {token.lemma, token.lower, token.lower.removesuffix("s")} & self.outcomes.not_people:
            return False
        ref = self.sentence.actors.get(counted.noun)
        return ref is None or ref.kind != "facility"

    def kind_of(self, counted: Counted) -> str | None:
        """The lemma of the counted noun where it is one of people."""
        if counted.noun is None:
            return None
        lemma = self.tree[counted.noun].lemma
        known = self.outcomes
        return lemma if lemma in known.combatants | known.civilians | known.people | known.corpses else None

    def left(self, first: int) -> str:
        return "".join(f"{w} " for w in self.words[max(0, first - REACH) : first])

    def right(self, end: int) -> str:
        return " ".join(self.words[end + 1 : end + 1 + REACH])

    def made(self, counted: Counted, outcome: Outcome, at: int, whole: RawToll | None = None) -> Read:
        tree, quantity = self.tree, counted.quantity
        noun = counted.noun
        if noun is not None and (
            tree[noun].lemma in self.outcomes.words["vague_counted"] or tree[noun].lower in PRONOUNS
        ):
            noun = None
        end = tree[counted.end].end
        if quantity.kind == "article" and noun is not None:
            start, stop = tree[noun].start, tree[noun].end
            ref = self.sentence.actors.get(noun)
            if ref is not None:
                start, stop = ref.span.start, ref.span.end
            return RawToll(outcome, noun, None, start, stop, 1, 1, 1, "exact"), at, whole
        return made(self.sentence, outcome, noun, quantity, quantity.start, end), at, whole

    def is_person(self, index: int | None) -> bool:
        if index is None:
            return False
        token, known = self.tree[index], self.outcomes
        if token.lemma in known.combatants | known.civilians | known.people:
            return True
        ref = self.sentence.actors.get(index)
        return ref is not None and ref.kind not in {"unknown", "facility", "other"}

    def _risen(self, first: int) -> int | None:
        """The toll that rose to a figure, however far before: "the TOLL from two days of fighting has risen to 55"."""
        prep = self.tree[first].head
        if self.tree[first].dep != "pobj" or self.words[prep] not in {"to", "at"}:
            return None
        toll = self.tree.child(self.tree[prep].head, "nsubj", "nsubjpass", "dobj")
        sure = toll is not None and self.tree[toll].lemma in self.outcomes.sure_toll_words
        return toll if sure else None

    def toll_noun(self, first: int) -> int | None:
        """The toll noun to the left: "death toll", or "number" and "count" beside a word of harm."""
        risen = self._risen(first)
        if risen is not None:
            return risen
        harm = self.outcomes.words["toll_beside"]
        for index in range(first - 1, max(-1, first - _TOLL_REACH), -1):
            lemma = self.tree[index].lemma
            if lemma in self.outcomes.sure_toll_words:
                return index
            if lemma in self.outcomes.toll_words and harm & set(self.words[max(0, index - 2) : first]):
                return index
        return None

    def toll_outcome(self, first: int) -> Outcome:
        noun = self.toll_noun(first)
        words = self.words[max(0, (noun or 0) - 2) : first]
        hurt: Outcome = "injured" if {"wounded", "injured"} & set(words) else "killed"
        return "missing" if "missing" in words else "displaced" if "displaced" in words else hurt

    def harm_noun(self, index: int) -> Outcome | None:
        """What a noun of harm says, whatever the ending of the word."""
        token = self.tree[index]
        forms = (token.lemma, token.lower, token.lower.removesuffix("s"), token.lower.removesuffix("es"))
        return next((o for f in forms if (o := self.outcomes.by_word.get(("noun", f))) is not None), None)

    def counted_by_toll(self, toll: int, stop: int) -> int | None:
        """ "the number of PEOPLE killed", "its count of SOLDIERS killed"."""
        if toll + 2 >= stop or self.words[toll + 1] != "of":
            return None
        inner = self.tree.child(toll + 1, "pobj")
        return (
            inner
            if inner is not None and inner < stop and self.is_person(inner) and self.words[inner] != "dead"
            else None
        )
