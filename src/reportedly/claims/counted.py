"""Room 4, counted: what a figure of a sentence counts, by the parse first, and the words around it.

Door: `Scene`. Shared by the rules of `figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.claims.raw_tolls import RawToll, made, token_at
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import ActorRef, Outcome
from reportedly.model.quantity import Quantity
from reportedly.model.quick import quick
from reportedly.model.reading import Sentence, Telling
from reportedly.model.syntax import Tree

# A toll, the token of its word of harm, and the whole or the figure that it is read with.
Read = tuple[RawToll, int, RawToll | None]
REACH = 14  # tokens looked at on each side of a counted phrase
_TOLL_REACH = 16
_TOLL_PHRASE = 6  # words from a toll noun on that say of what it is: "the number of people still MISSING"
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


@quick
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
        heads = (t.speaker_head for t in sentence.tellings)
        self.speakers = {i for h in heads if h is not None for i in sentence.tree.conjuncts(h)}
        self.asides = {i for t in sentence.tellings if len(t.content) > 1 for i in _aside(sentence.tree, t)}
        if "among" in sentence.tree.forms:
            self.asides.update(_among_them(sentence.tree))

    def counted(self, quantity: Quantity) -> Counted | None:
        if not quantity.countable:
            return None
        first = token_at(self.tree, quantity.start)
        at = token_at(self.tree, quantity.number_start)
        last = token_at(self.tree, quantity.end - 1)
        if first is None or at is None or last is None:
            return None
        if self._is_age(at):
            return None
        noun = self.noun(at, last)
        if quantity.kind == "article" and noun is not None and self.tree[noun].tag == "NNS":
            return None  # "a girls' school" is no girl
        return Counted(quantity, first, last, noun, max(last, noun if noun is not None else last))

    def _is_age(self, at: int) -> bool:
        """ "wounded their DAUGHTER, 9.": how old one person is."""
        token, tree = self.tree[at], self.tree
        if at < 2 or tree[at - 1].text != "," or tree[at - 2].tag != "NN" or not token.text.isdecimal():
            return False
        after = tree[at + 1].tag if at + 1 < len(tree) else "."
        return after in {",", "."} and self.is_person(at - 2)

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
        return self.outcomes.any_after.fullmatch(self.words[index]) is not None

    def after_of(self, of: int) -> int | None:
        inner = self.tree.child(of, "pobj")
        if inner is not None and inner - of <= 5:
            return inner
        return self.next_noun(of)

    def next_noun(self, last: int) -> int | None:
        tree, found = self.tree, None
        for index in range(last + 1, min(len(tree), last + 6)):
            token = tree[index]
            people = token.is_noun or self.is_plural_person(index)
            if people and token.tag != "PRP" and not self.says_harm(index):
                found = index
            elif (
                found is not None
                or token.tag not in {"JJ", "JJR", "HYPH", "DT", "PRP$", "VBN"}
                or token.lower in {"dead", "wounded", "killed", "injured", "hurt", "missing"}
            ):
                break
        return found

    def is_plural_person(self, index: int) -> bool:
        """Tell whether a word read as a verb is one for people: "17 INMATES dead"."""
        word = self.words[index].removesuffix("s")
        return word != self.words[index] and word in self.outcomes.anybody

    def plain_between(self, last: int, noun: int) -> bool:
        return noun - last <= 7 and all(
            t.tag in SKIP_TAGS or t.tag in {"VBN", "VBG", "JJS", "``", "''", "IN"}
            for t in self.tree.tokens[last + 1 : noun]
        )

    def may_count(self, counted: Counted) -> bool:
        """Things and happenings are not counted as harm, lives and bodies are."""
        some = counted.last + 1 < len(self.words) and self.words[counted.last + 1] == "of"
        if not self.speakers.isdisjoint((counted.noun, counted.last if some else None)):
            return False  # "killed 17, a group and TWO RESIDENTS said", "TWO OF THEM said"
        if counted.noun is None:
            return True
        if self.is_share(counted.first):
            return False
        token = self.tree[counted.noun]
        if not self.outcomes.not_people.isdisjoint((token.lemma, token.lower, token.lower.removesuffix("s"))):
            return False
        if counted.quantity.high == 0 and not (self.is_person(counted.noun) or self.harm_noun(counted.noun)):
            return token.lemma == "life"  # "where there is no POWER"
        ref = self.sentence.actors.get(counted.noun)
        if self.is_unit(counted, ref):
            return False
        return ref is None or ref.kind != "facility"

    def is_unit(self, counted: Counted, ref: ActorRef | None) -> bool:
        """ "a rifleman of 6 PARA": the number of a unit, whose name nobody knows."""
        token = self.tree[counted.noun if counted.noun is not None else counted.last]
        named = ref is not None and (ref.actor_id or ref.country or ref.role in self.outcomes.people)
        of = counted.first > 0 and self.words[counted.first - 1] == "of"
        return token.tag == "NNP" and of and token.i == counted.last + 1 and not named

    def is_share(self, first: int) -> bool:
        """Tell whether a share of the figure is meant: "HALF OF THE 40 villagers"."""
        of = first - 2 if self.words[first - 1 : first] == ["the"] else first - 1
        return of > 0 and self.words[of] == "of" and self.words[of - 1] in self.outcomes.words["shares"]

    def kind_of(self, counted: Counted) -> str | None:
        """The lemma of the counted noun where it is one of people."""
        if counted.noun is None:
            return None
        lemma = self.tree[counted.noun].lemma
        return lemma if lemma in self.outcomes.anybody or lemma in self.outcomes.corpses else None

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
        if self.tree[index].lemma in self.outcomes.anybody:
            return True
        ref = self.sentence.actors.get(index)
        return ref is not None and ref.kind not in {"unknown", "facility", "other"}

    def toll_noun(self, first: int) -> int | None:
        """The toll noun to the left: "death toll", or "number" and "count" beside a word of harm."""
        governed = self.toll_of_verb(first)
        if governed is not None:
            return governed
        harm = self.outcomes.words["toll_beside"]
        for index in range(first - 1, max(-1, first - _TOLL_REACH), -1):
            lemma = self.tree[index].lemma
            if lemma in self.outcomes.sure_toll_words:
                return None if self.words[index + 1] == "on" else index  # "took a TOLL ON several families"
            if lemma in self.outcomes.toll_words and harm & set(self.words[max(0, index - 2) : first]):
                return index
        return None

    def toll_of_verb(self, first: int) -> int | None:
        """The toll that a verb brings to the figure, however far: "the TOLL from the raid has risen to 62"."""
        prep = self.tree[first - 1] if first else None
        if prep is None or prep.lower not in {"to", "at"} or prep.dep != "prep" or not self.tree[prep.head].is_verb:
            return None
        noun = self.tree.child(prep.head, "nsubj", "nsubjpass", "dobj")
        if noun is None or noun >= first:
            return None
        lemma = self.tree[noun].lemma
        sure = lemma in self.outcomes.sure_toll_words
        return noun if sure or (lemma in self.outcomes.toll_words and self.speaks_of_dead(noun)) else None

    def speaks_of_dead(self, noun: int) -> bool:
        """Tell whether a count is one of people killed: "the number of officers ASSASSINATED has risen to 14"."""
        inside = (self.tree[i].lemma for i in self.tree.subtree(noun) if self.tree[i].is_verb)
        return any(self.outcomes.by_word.get(("verb", lemma)) == "killed" for lemma in inside)

    def toll_outcome(self, first: int) -> Outcome:
        noun = self.toll_noun(first)
        if (of := self._of_those(noun or 0, first)) is not None:
            return of
        words = self.words[max(0, (noun or 0) - 2) : min(first, (noun or 0) + _TOLL_PHRASE)]
        hurt: Outcome = "injured" if {"wounded", "injured"} & set(words) else "killed"
        return "missing" if "missing" in words else "displaced" if "displaced" in words else hurt

    def _of_those(self, toll: int, first: int) -> Outcome | None:
        """ "the number of killed at 110, and OF THOSE DETAINED at 3,500": what another figure of the count is of."""
        those = next((i for i in range(first - 1, toll, -1) if self.words[i] in {"those", "the"}), None)
        if those is None or self.words[those - 1] != "of" or those + 1 >= first:
            return None
        if not any(self.tree[toll].end <= q.start < self.tree[those].start for q in self.sentence.quantities):
            return None
        return self.outcomes.by_word.get(("verb", self.tree[those + 1].lemma))

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


def _among_them(tree: Tree) -> Iterator[int]:
    """ "six people, AMONG THEM A NURSE FROM THE POST, are missing": the tokens of such an aside, its commas too."""
    for token in tree:
        if token.lower != "among" or not 0 < token.i < len(tree) - 1 or tree[token.i - 1].text != ",":
            continue
        close = next((i for i in range(token.i, len(tree)) if tree[i].text == ","), None)
        if close is not None and tree[token.i + 1].lower in {"them", "whom"}:
            yield from range(token.i - 1, close + 1)


def _aside(tree: Tree, telling: Telling) -> Iterable[int]:
    """The tokens of who tells and how, between two pieces of what is told: "Ten soldiers, THE GOVERNOR SAID, lost"."""
    first, last = min(c.end for c in telling.content), max(c.start for c in telling.content)
    return tree.at(first, last) if first <= telling.cue.start < last else ()
