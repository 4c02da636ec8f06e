"""Mistakes that the parser makes again and again, mended in its own numbers before trees are built of them.

Door: `Relabeller.mend(rows, heads)`. One pass over the tokens of a piece; the rare is looked for only where it may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reportedly.knowledge.grammar import time_words

# Columns of a row, as the parser exports them.
LOWER, TAG, DEP = 4, 5, 6
_FINITE = ("VBD", "VBZ", "VBP")
_DAYS = ("today", "yesterday", "tomorrow", "tonight")
_LOOSE = ("prep", "npadvmod", "advmod", "punct", "tmod")  # what may hang from such a verb: when and where it was said

Rows = Sequence[list[int]]


class Relabeller:
    """Mends the labels and tags of a parse.

    `number` gives the parser's number of a word or label; `telling` are past forms that it takes for a participle after
    who tells it ("..., a rights group CHARGED on Sunday").
    """

    def __init__(self, number: Callable[[str], int], telling: Iterable[str]) -> None:
        def numbers(words: Iterable[str]) -> frozenset[int]:
            return frozenset(map(number, words))

        times = time_words()
        self._auxiliaries = numbers(("aux", "auxpass"))
        self._nouns = numbers(("NN", "NNS", "NNP"))
        self._perfect = numbers(("have", "has", "had", "having", "was", "were", "been", "be", "is", "are"))
        self._finite, self._telling = numbers(_FINITE), numbers(telling)
        self._calendar = numbers((*times.months, *times.weekdays, *_DAYS))
        self._loose, self._commas = numbers(_LOOSE), numbers((",",))
        self._participle, self._infinitive, self._past = number("VBN"), number("VB"), number("VBD")
        self._noun, self._name, self._gerund = number("NN"), number("NNP"), number("VBG")
        self._adverbial, self._object, self._clause = number("npadvmod"), number("dobj"), number("acl")
        self._particle, self._number, self._quantity, self._prepositional = map(
            number, ("prt", "nummod", "quantmod", "pobj")
        )
        self._up, self._to, self._compound = number("up"), number("to"), number("compound")
        self._modifier, self._attribute, self._led, self._helping = map(number, ("amod", "attr", "prep", "aux"))
        self._as_noun = {number("VBZ"): number("NNS"), number("VBP"): self._noun}
        self._subject, self._told, self._root, self._by = map(number, ("nsubj", "ccomp", "ROOT", "by"))

    def mend(self, rows: Rows, heads: list[int]) -> None:
        """Mend a piece; `heads` are the indices of the tokens' heads."""
        for at, row in enumerate(rows):
            head, dep = heads[at], row[DEP]
            if dep in self._auxiliaries:
                if head > at and rows[head][TAG] in self._nouns:  # "had OVERRUN the post", "would BATTLE on"
                    rows[head][TAG] = self._participle if row[LOWER] in self._perfect else self._infinitive
            elif dep == self._object:
                if rows[head][TAG] == self._noun and self._has_subject(rows, heads, head):
                    rows[head][TAG] = self._past  # "the army RETOOK the town"
                elif row[TAG] in self._as_noun and at and heads[at - 1] == at:
                    self._name_thing(rows, at)
            elif dep == self._adverbial:
                if self._is_subject(rows, heads, at):
                    row[DEP] = self._subject  # "AZERBAIJAN massed troops"
            elif dep == self._particle:
                self._count(rows, heads, at)
            elif dep == self._subject:
                self._raise(rows, heads, at)
            elif dep == self._modifier:
                if row[TAG] == self._past and rows[head][DEP] == self._root and head > at:
                    self._act(rows, heads, at)
            elif dep == self._attribute:
                if row[TAG] == self._gerund and row[LOWER] not in self._calendar:
                    self._go_on(rows, heads, at)
            elif dep == self._clause and row[LOWER] in self._telling:
                self._tell(rows, heads, at)

    def _act(self, rows: Rows, heads: list[int], verb: int) -> None:
        """Let a past tense before its thing be the verb: "North Korea TEST-FIRED two missiles"."""
        thing = heads[verb]
        names = [i for i in range(verb) if heads[i] == thing and rows[i][TAG] == self._name]
        if not names or any(row[TAG] in self._finite for i, row in enumerate(rows) if i != verb):
            return
        who = names[-1]
        for at in range(len(rows)):
            if heads[at] == thing and at not in (thing, verb) and not verb < at < thing:
                heads[at] = who if at < who else verb
        rows[verb][DEP], heads[verb] = self._root, verb
        rows[thing][DEP], heads[thing] = self._object, verb
        rows[who][DEP], heads[who] = self._subject, verb

    def _go_on(self, rows: Rows, heads: list[int], verb: int) -> None:
        """Let what a name "is MEDIATING between" others be done, where it was read as what the name is."""
        helper = heads[verb]
        named = any(
            heads[i] == helper and rows[i][DEP] == self._subject and rows[i][TAG] == self._name for i in range(helper)
        )
        leads = [rows[i][DEP] for i in range(len(rows)) if heads[i] == verb and i != verb]
        if not named or rows[helper][LOWER] not in self._perfect or not {self._object, self._led} & set(leads):
            return
        top = heads[helper] if heads[helper] != helper else verb
        for at in range(len(rows)):
            if heads[at] == helper and at not in (helper, verb):
                heads[at] = verb
        rows[verb][DEP], heads[verb] = rows[helper][DEP], top
        rows[helper][DEP], heads[helper] = self._helping, verb

    def _name_thing(self, rows: Rows, at: int) -> None:
        """Let an object be a noun, and the noun before it say what kind: "dismissed opposition CALLS"."""
        rows[at][TAG] = self._as_noun[rows[at][TAG]]
        if rows[at - 1][DEP] == self._subject:
            rows[at - 1][DEP] = self._compound

    def _count(self, rows: Rows, heads: list[int], up: int) -> None:
        """Let "kidnapped UP TO 16 advisers" have an object; the parser reads "kidnapped up" and something "to"."""
        to = up + 1
        if to + 1 >= len(rows) or rows[up][LOWER] != self._up or rows[to][LOWER] != self._to or heads[to] != up:
            return
        number = to + 1
        counted = heads[number]
        if rows[number][DEP] != self._number or rows[counted][DEP] != self._prepositional or heads[counted] != to:
            return
        verb = heads[up]
        rows[counted][DEP], heads[counted] = self._object, verb
        for word in (up, to):
            rows[word][DEP], heads[word] = self._quantity, number

    def _raise(self, rows: Rows, heads: list[int], at: int) -> None:
        """Let who does it be the subject, not his doing: "the AGENCY operating in the valley said ..."."""
        doing = heads[at]
        if rows[doing][TAG] == self._gerund and rows[doing][DEP] == self._subject and heads[doing] > doing > at:
            heads[at], heads[doing], rows[doing][DEP] = heads[doing], at, self._clause

    def _has_subject(self, rows: Rows, heads: Sequence[int], verb: int) -> bool:
        return any(heads[at] == verb and rows[at][DEP] == self._subject for at in range(verb))

    def _is_subject(self, rows: Rows, heads: Sequence[int], at: int) -> bool:
        """A name directly before a finite verb that has no subject, and no day or month."""
        row, verb = rows[at], heads[at]
        if row[TAG] != self._name or verb != at + 1 or rows[verb][TAG] not in self._finite:
            return False
        return row[LOWER] not in self._calendar and not self._has_subject(rows, heads, verb)

    def _tell(self, rows: Rows, heads: list[int], verb: int) -> None:
        """Let ", a rights group CHARGED on Sunday." at the end of a sentence tell what stands before it."""
        speaker = heads[verb]
        first = speaker
        while first and (heads[first - 1] == speaker or heads[heads[first - 1]] == speaker):
            first -= 1
        if speaker > verb or not first or rows[first - 1][TAG] not in self._commas:
            return
        after = [at for at in range(len(rows)) if heads[at] == verb and at != verb]
        if any(rows[at][DEP] not in self._loose or rows[at][LOWER] == self._by for at in after):
            return
        if any(heads[at] < first and rows[at][DEP] not in self._loose for at in range(verb + 1, len(rows))):
            return
        top = speaker
        while heads[top] != top:
            top = heads[top]
        if top == speaker:
            return
        rows[top][DEP], heads[top] = self._told, verb
        rows[speaker][DEP], heads[speaker] = self._subject, verb
        rows[verb][DEP], heads[verb], rows[verb][TAG] = self._root, verb, self._past
