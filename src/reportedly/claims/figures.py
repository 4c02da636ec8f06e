"""Room 4, figures: harm counted beside words of harm, for figures that no event word has taken.

Door: `plain_tolls(sentence, taken, outcomes)`. What a figure counts is asked of the parse first; the words to the left
and right of the counted phrase (`lexicon/<language>/outcomes.yml`) say what happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportedly.claims.raw_tolls import RawToll, made, token_at
from reportedly.claims.tolls import whose_deaths
from reportedly.knowledge.outcomes import HarmPattern, Outcomes
from reportedly.model import Outcome
from reportedly.model.quantity import Quantity
from reportedly.model.reading import Sentence

_REACH = 14  # tokens looked at on each side of a counted phrase
_TOLL_REACH = 16
_BESIDE = frozenset({"nummod", "quantmod", "det", "amod", "compound", "predet", "advmod", "npadvmod", "nmod", "neg"})
_BE = frozenset({"be", "get", "become"})
_SKIP_TAGS = frozenset(
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
_OPENERS = frozenset({"including", "among", "include", "includes", "included"})
_PRONOUNS = frozenset({"them", "whom", "which", "those", "these"})


@dataclass(frozen=True, slots=True)
class _Counted:
    """A figure: the first and last token of its words, the counted noun (None: none said), the last of the phrase."""

    quantity: Quantity
    first: int
    last: int
    noun: int | None
    end: int


def plain_tolls(
    sentence: Sentence, taken: Sequence[RawToll], outcomes: Outcomes
) -> list[tuple[RawToll, int, RawToll | None]]:
    """Return tolls that no event word has taken, in text order.

    Each with the token of its word of harm, and its whole or the figure that it is read with.
    """
    reader = _Reader(sentence, taken, outcomes)
    return [*reader.figures(), *reader.nobody()]


def speaks_of_violence(sentence: Sentence, outcomes: Outcomes) -> bool:
    """Tell whether the words are about violence and not about an accident, where no event word was read."""
    lemmas = {t.lemma for t in sentence.tree} | {t.lower for t in sentence.tree}
    return bool(lemmas & outcomes.violence) and not lemmas & outcomes.accidents


class _Reader:
    """Reads the figures of one sentence from left to right; later figures may lean on earlier ones."""

    def __init__(self, sentence: Sentence, taken: Sequence[RawToll], outcomes: Outcomes) -> None:
        self._sentence, self._tree, self._outcomes = sentence, sentence.tree, outcomes
        self._words = [t.lower for t in sentence.tree]
        self._known = sorted(taken, key=lambda t: t.start)

    def figures(self) -> Iterator[tuple[RawToll, int, RawToll | None]]:
        """The figures beside words of harm."""
        for quantity in self._sentence.quantities:
            counted = self._counted(quantity)
            if counted is None or self._is_taken(counted) or not self._may_count(counted):
                continue
            read = self._read(counted)
            if read is not None:
                self._known.append(read[0])
                yield read
                yield from self._joined_nouns(counted, read[0])
        yield from self._lone_opener()

    def _lone_opener(self) -> Iterator[tuple[RawToll, int, RawToll | None]]:
        """ "POLICEMAN, two civilians killed in ...": a headline's first person has no article."""
        tree, named = self._tree, self._outcomes.combatants | self._outcomes.civilians
        if (
            len(tree) < 4
            or tree[0].tag not in {"NN", "NNP"}
            or tree[0].lemma.lower() not in named
            or self._words[1] != ","
        ):
            return
        beside = next((t for t in self._known if token_at(tree, t.start) == 2 and t.quantity is not None), None)
        if beside is not None and not any(t.start == tree[0].start for t in self._known):
            yield RawToll(beside.outcome, 0, None, tree[0].start, tree[0].end, 1, 1, 1, "exact"), 0, beside

    def _joined_nouns(self, counted: _Counted, toll: RawToll) -> Iterator[tuple[RawToll, int, RawToll | None]]:
        """ "no deaths or INJURIES": nothing of the second either."""
        if toll.high != 0 or counted.noun is None:
            return
        for other in self._tree.children(counted.noun, "conj"):
            outcome = self._harm_noun(other)
            if outcome is not None and outcome != toll.outcome:
                token = self._tree[other]
                yield replace(toll, outcome=outcome, head=None, start=token.start, end=token.end), other, toll

    def _read(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        if counted.quantity.kind == "article" and self._class(counted) is None:
            return None
        return (
            self._former(counted)
            or self._part(counted)
            or self._outcome_noun(counted)
            or self._corpse(counted)
            or self._right_after_toll(counted)
            or self._after(counted)
            or self._before(counted)
            or self._toll_word(counted)
            or self._listed(counted)
        )

    # --- what is counted ----------------------------------------------------------------------------------------

    def _counted(self, quantity: Quantity) -> _Counted | None:
        if not quantity.countable:
            return None
        first = token_at(self._tree, quantity.start)
        at = token_at(self._tree, quantity.number_start)
        last = token_at(self._tree, quantity.end - 1)
        if first is None or at is None or last is None:
            return None
        noun = self._noun(at, last)
        return _Counted(quantity, first, last, noun, max(last, noun if noun is not None else last))

    def _noun(self, at: int, last: int) -> int | None:
        """The noun that the figure counts: the one that it hangs from, that after "of", or the next one."""
        tree = self._tree
        here = at
        for _ in range(3):
            if tree[here].dep not in _BESIDE or tree[here].head <= here:
                break
            if (
                tree[here].is_noun
                and tree[here].lemma not in self._outcomes.people
                and self._says_harm(tree[here].head)
            ):
                break
            here = tree[here].head
        if here > last and tree[here].is_noun and not self._says_harm(here) and self._plain_between(last, here):
            return here
        following = last + 1
        if following < len(tree) and tree[following].lower == "of":
            return self._after_of(following)
        return self._next_noun(last)

    def _says_harm(self, index: int) -> bool:
        """Tell whether a word is one of harm that follows the counted ones ("soldiers PRISONER", "three SLAIN")."""
        if self._tree[index].tag == "NNS":
            return False
        return any(p.words.fullmatch(self._words[index]) for p in self._outcomes.after)

    def _after_of(self, of: int) -> int | None:
        inner = self._tree.child(of, "pobj")
        if inner is not None and inner - of <= 5:
            return inner
        return self._next_noun(of)

    def _next_noun(self, last: int) -> int | None:
        tree, found = self._tree, None
        for index in range(last + 1, min(len(tree), last + 6)):
            token = tree[index]
            if token.is_noun and token.tag != "PRP" and not self._says_harm(index):
                found = index
            elif (
                found is not None
                or token.tag not in {"JJ", "JJR", "HYPH", "DT", "PRP$", "VBN"}
                or token.lower in {"dead", "wounded", "killed", "injured", "hurt", "missing"}
            ):
                break
        return found

    def _plain_between(self, last: int, noun: int) -> bool:
        return noun - last <= 7 and all(
            t.tag in _SKIP_TAGS or t.tag in {"VBN", "VBG", "JJS", "``", "''", "IN"}
            for t in self._tree.tokens[last + 1 : noun]
        )

    def _is_taken(self, counted: _Counted) -> bool:
        places = [counted.quantity.number_start]
        if counted.quantity.kind == "article" and counted.noun is not None:
            places.append(self._tree[counted.noun].start)
        return any(t.start <= place < t.end for t in self._known for place in places)

    def _may_count(self, counted: _Counted) -> bool:
        """Things and happenings are not counted as harm, lives and bodies are."""
        if counted.noun is None:
            return True
        token = self._tree[counted.noun]
        if {token.lemma, token.lower, token.lower.removesuffix("s")} & self._outcomes.not_people:
            return False
        ref = self._sentence.actors.get(counted.noun)
        return ref is None or ref.kind != "facility"

    def _class(self, counted: _Counted) -> str | None:
        """The lemma of the counted noun where it is one of people."""
        if counted.noun is None:
            return None
        lemma = self._tree[counted.noun].lemma
        known = self._outcomes
        return lemma if lemma in known.combatants | known.civilians | known.people | known.corpses else None

    # --- windows ------------------------------------------------------------------------------------------------

    def _left(self, first: int) -> str:
        return "".join(f"{w} " for w in self._words[max(0, first - _REACH) : first])

    def _right(self, end: int) -> str:
        return " ".join(self._words[end + 1 : end + 1 + _REACH])

    def _made(
        self, counted: _Counted, outcome: Outcome, at: int, whole: RawToll | None = None
    ) -> tuple[RawToll, int, RawToll | None]:
        tree, quantity = self._tree, counted.quantity
        noun = counted.noun
        if noun is not None and (
            tree[noun].lemma in self._outcomes.words["vague_counted"] or tree[noun].lower in _PRONOUNS
        ):
            noun = None
        end = tree[counted.end].end
        if quantity.kind == "article" and noun is not None:
            start, stop = tree[noun].start, tree[noun].end
            ref = self._sentence.actors.get(noun)
            if ref is not None:
                start, stop = ref.span.start, ref.span.end
            return RawToll(outcome, noun, None, start, stop, 1, 1, 1, "exact"), at, whole
        return made(self._sentence, outcome, noun, quantity, quantity.start, end), at, whole

    # --- rules --------------------------------------------------------------------------------------------------

    def _former(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """ "up from 30", "an earlier count of 30", "not 60 as first reported": a figure that the text replaces."""
        if counted.quantity.kind == "article":
            return None
        left = self._left(counted.first)
        replaced = self._outcomes.former.search(left) is not None or (
            left.endswith(" not ") and self._outcomes.former_after.match(self._right(counted.last)) is not None
        )
        lean = self._known[-1] if self._known else None
        if not replaced or (lean is None and self._toll_noun(counted.first) is None):
            return None
        noun = counted.noun if self._class(counted) else None
        alone = replace(counted, noun=noun, end=counted.end if noun is not None else counted.last)
        outcome = lean.outcome if lean is not None else self._toll_outcome(counted.first)
        raw, at, _ = self._made(alone, outcome, counted.first)
        toll = self._toll_noun(counted.first)
        if raw.head is None and toll is not None:
            raw = replace(raw, head=lean.head if lean is not None else self._counted_by_toll(toll, counted.first))
        return replace(raw, superseded=True), at, lean

    def _part(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """ "7 of them children", "including 7 children", "of whom 10 were women", "- nine soldiers and a civilian"."""
        whole = self._whole_before(counted)
        if whole is None:
            return None
        return self._of_them(counted, whole) or self._included(counted, whole)

    def _whole_before(self, counted: _Counted) -> RawToll | None:
        wholes = [t for t in self._known if t.end <= counted.quantity.start and t.part_of is None and not t.superseded]
        return max(wholes, key=lambda t: t.end, default=None)

    def _of_them(self, counted: _Counted, whole: RawToll) -> tuple[RawToll, int, RawToll | None] | None:
        following = self._words[counted.last + 1 : counted.last + 3]
        if (
            counted.quantity.qualifier == "vague"
            or following[:1] != ["of"]
            or len(following) < 2
            or following[1] not in _PRONOUNS
        ):
            return None
        if self._words[counted.first - 1] not in {",", "(", "-", "–", "—", "and"} or self._words[
            counted.first - 2 : counted.first
        ] == [",", "and"]:
            return None
        noun = self._kind_after(counted.last + 3)
        figure = _Counted(
            counted.quantity, counted.first, counted.last, noun, noun if noun is not None else counted.last + 2
        )
        raw, at, _ = self._made(figure, whole.outcome, counted.first)
        return replace(raw, part_of=whole.start), at, whole

    def _kind_after(self, start: int) -> int | None:
        """The noun that says who the part are: "7 of them [were] CHILDREN"."""
        tree, found = self._tree, None
        for index in range(start, min(len(tree), start + 6)):
            token = tree[index]
            if token.is_noun:
                found = index
            elif found is not None or token.tag not in {"DT", "JJ", "VBD", "VBG", "RB", "HYPH"}:
                break
        return found if found is not None and self._is_person(found) else None

    def _included(self, counted: _Counted, whole: RawToll) -> tuple[RawToll, int, RawToll | None] | None:
        """The figure follows words of inclusion, or one that does, with nothing but a list between."""
        tree = self._tree
        index = counted.first - 1
        between = 0
        while index >= 0 and between < 9 and tree[index].start >= whole.end:
            word = self._words[index]
            if word in _OPENERS or (word in {"-", "–", "—"} and tree[index].tag != "HYPH" and self._class(counted)):
                if self._only_pronouns(index + 1, counted.first) or self._is_list(index + 1, counted.first):
                    raw, at, _ = self._made(counted, whole.outcome, index)
                    return replace(raw, part_of=whole.start), at, whole
                return None
            if tree[index].is_verb and word not in {"were", "was"}:
                break
            index, between = index - 1, between + 1
        return self._of_whom(counted, whole)

    def _only_pronouns(self, start: int, stop: int) -> bool:
        return all(w in _PRONOUNS | {"of", "the", "are", "were", "was", "is", ","} for w in self._words[start:stop])

    def _is_list(self, start: int, stop: int) -> bool:
        return all(t.tag in _SKIP_TAGS for t in self._tree.tokens[start:stop])

    def _of_whom(self, counted: _Counted, whole: RawToll) -> tuple[RawToll, int, RawToll | None] | None:
        """ "of whom 10 were women"; "of the 20 people killed, eight were soldiers"."""
        left = self._left(counted.first)
        opened = re.search(r"\bof (?:whom|which|these|those|them) $", left) is not None
        begun = (
            self._words[0] == "of"
            and whole.start <= self._tree[min(3, len(self._tree) - 1)].start
            and left.endswith(", ")
        )
        if not (opened or begun):
            return None
        here = counted.last + 1
        if here >= len(self._tree) or self._tree[here].lemma != "be":
            return None
        noun = self._kind_after(here + 1)
        if noun is None:
            return None
        figure = _Counted(counted.quantity, counted.first, counted.last, noun, noun)
        raw, at, _ = self._made(figure, whole.outcome, counted.first)
        return replace(raw, part_of=whole.start), at, whole

    def _outcome_noun(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """ "24 fatalities", "no injuries", "62 civilian deaths", "two martyrs"."""
        if counted.noun is None or counted.quantity.kind == "article":
            return None
        token = self._tree[counted.noun]
        outcome = self._harm_noun(counted.noun)
        zero = counted.quantity.high == 0
        if token.lower in self._outcomes.words["vague_counted"] and self._words[counted.noun - 1] == "the":
            return None  # "five of the wounded died"
        if outcome is None or token.lemma in self._outcomes.corpses or (token.lemma == "victim" and not zero):
            return None
        if outcome in {"captured", "abducted"}:
            seized = self._tree[counted.first - 1].lemma in {"take", "seize"} if counted.first else False
            return self._made(counted, outcome, counted.noun) if seized else None
        if outcome not in {"killed", "injured", "killed_or_injured"}:
            return None
        raw, _, _ = self._made(counted, outcome, counted.noun)
        return replace(raw, head=whose_deaths(self._tree, counted.noun, self._outcomes)), counted.noun, None

    def _harm_noun(self, index: int) -> Outcome | None:
        """What a noun of harm says, whatever the ending of the word."""
        token = self._tree[index]
        forms = (token.lemma, token.lower, token.lower.removesuffix("s"), token.lower.removesuffix("es"))
        return next((o for f in forms if (o := self._outcomes.by_word.get(("noun", f))) is not None), None)

    def _corpse(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """ "14 bodies", "the bodies of nine men" (the latter by the words before)."""
        if counted.noun is None or self._tree[counted.noun].lemma not in self._outcomes.corpses:
            return None
        inner = next(
            (
                p
                for o in self._tree.children(counted.noun, "prep")
                if self._words[o] == "of"
                for p in self._tree.children(o, "pobj")
            ),
            None,
        )
        raw, at, _ = self._made(counted, "killed", counted.noun)
        whose = inner if inner is not None and self._is_person(inner) else None
        return replace(raw, head=whose, quantity=counted.quantity), at, None

    def _after(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """ "9 dead", "4 soldiers were killed", "3 rebels, 2 civilians killed"."""
        tree = self._tree
        for index in range(counted.end + 1, min(len(tree), counted.end + 1 + _REACH)):
            text = " ".join(self._words[index : index + 7])
            for pattern in self._outcomes.after:
                match = pattern.words.match(text)
                if (
                    match
                    and not self._is_active(pattern, index, match.group())
                    and not self._other_subject(counted, index)
                ):
                    return self._made(counted, pattern.outcome, index)
            token = tree[index]
            if token.tag not in _SKIP_TAGS and token.lower not in self._outcomes.words["skipped_after_count"]:
                return None
        return None

    def _is_active(self, pattern: HarmPattern, index: int, words: str) -> bool:
        """Tell whether the word is a verb with an object of its own: "ten gunmen KILLED a man"."""
        tree, last = self._tree, index + words.count(" ")
        if not pattern.passive or not tree[last].is_verb:
            return False
        if index and (tree[index - 1].lemma in _BE or words.startswith(("was", "were", "are"))):
            return False
        following = tree[last + 1] if last + 1 < len(tree) else None
        return following is not None and (
            following.tag in {"DT", "CD", "PRP", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS"}
            or (
                following.lower in {"at", "up", "more"}
                and last + 2 < len(tree)
                and tree[last + 2].lower in {"least", "to", "than"}
            )
        )

    def _other_subject(self, counted: _Counted, index: int) -> bool:
        """Tell whether somebody without a figure stands between, whom the harm is about ("12 shots; a man killed")."""
        return any(
            t.tag == "DT" and t.lower in {"a", "an"} and i - 1 > counted.end and self._words[i - 1] not in {",", "and"}
            for i, t in enumerate(self._tree.tokens[counted.end + 1 : index], counted.end + 1)
        )

    def _before(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """ "killing 49", "claims 35 lives", "the deaths of 47 civilians", "lost three men"."""
        left = self._left(counted.first)
        previous = self._tree[counted.first - 1] if counted.first else None
        if previous is None:
            return None
        noun = self._tree[counted.noun].lemma if counted.noun is not None else None
        if noun == "life":
            taken = any(
                self._tree[i].lemma in self._outcomes.claiming for i in range(max(0, counted.first - 4), counted.first)
            )
            return self._made(replace(counted, noun=None), "killed", previous.i) if taken else None
        if previous.lemma in self._outcomes.losing and self._class(counted):
            return self._made(counted, "killed", previous.i)
        for pattern in self._outcomes.before:
            if pattern.words.search(left):
                if (
                    pattern.outcome in {"captured", "released"}
                    and noun is not None
                    and not self._is_person(counted.noun)
                ):
                    return None
                return self._made(counted, pattern.outcome, previous.i)
        return None

    def _is_person(self, index: int | None) -> bool:
        if index is None:
            return False
        token, known = self._tree[index], self._outcomes
        if token.lemma in known.combatants | known.civilians | known.people:
            return True
        ref = self._sentence.actors.get(index)
        return ref is not None and ref.kind not in {"unknown", "facility", "other"}

    # --- toll words ---------------------------------------------------------------------------------------------

    def _toll_noun(self, first: int) -> int | None:
        """The toll noun to the left: "death toll", or "number" and "count" beside a word of harm."""
        harm = self._outcomes.words["toll_beside"]
        for index in range(first - 1, max(-1, first - _TOLL_REACH), -1):
            lemma = self._tree[index].lemma
            if lemma in self._outcomes.sure_toll_words:
                return index
            if lemma in self._outcomes.toll_words and harm & set(self._words[max(0, index - 2) : first]):
                return index
        return None

    def _toll_outcome(self, first: int) -> Outcome:
        noun = self._toll_noun(first)
        words = self._words[max(0, (noun or 0) - 2) : first]
        hurt: Outcome = "injured" if {"wounded", "injured"} & set(words) else "killed"
        return "missing" if "missing" in words else "displaced" if "displaced" in words else hurt

    def _toll_word(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """ "death toll rises to 28", "the number of wounded had risen to 210"."""
        toll = self._toll_noun(counted.first)
        if toll is None or counted.quantity.kind == "article":
            return None
        person = counted.noun is not None and self._class(counted)
        noun = counted.noun if person else self._counted_by_toll(toll, counted.first)
        end = counted.end if person else counted.last
        raw, at, _ = self._made(replace(counted, noun=noun, end=end), self._toll_outcome(counted.first), toll)
        if (
            any(
                t.lemma in self._outcomes.over or t.lower in self._outcomes.over
                for t in self._tree.tokens[toll : counted.first]
            )
            and raw.qualifier == "exact"
        ):
            raw = replace(raw, high=None, qualifier="more_than")
        return raw, at, None

    def _right_after_toll(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """The first figure after a toll noun is the toll's, whatever follows ("death toll hits 12, 30 hurt")."""
        toll = self._toll_noun(counted.first)
        if toll is None or self._tree[toll].lemma not in self._outcomes.sure_toll_words:
            return None
        inside = (self._tree[toll].end, counted.quantity.start)
        if any(
            inside[0] <= q.start < inside[1] for q in self._sentence.quantities if q.countable and q.kind != "article"
        ):
            return None
        breaks = {".", ":", ",", "CC"}
        return (
            None if any(t.tag in breaks for t in self._tree.tokens[toll : counted.first]) else self._toll_word(counted)
        )

    def _counted_by_toll(self, toll: int, stop: int) -> int | None:
        """ "the number of PEOPLE killed", "its count of SOLDIERS killed"."""
        if toll + 2 >= stop or self._words[toll + 1] != "of":
            return None
        inner = self._tree.child(toll + 1, "pobj")
        return (
            inner
            if inner is not None and inner < stop and self._is_person(inner) and self._words[inner] != "dead"
            else None
        )

    # --- lists --------------------------------------------------------------------------------------------------

    def _listed(self, counted: _Counted) -> tuple[RawToll, int, RawToll | None] | None:
        """A figure coordinated with a toll: "killed in Kherson and THREE in Nikopol", "and six policemen"."""
        tree = self._tree
        near = self._near_before(counted)
        if near is None or (
            counted.quantity.kind == "article" and (counted.noun is None or tree[counted.noun].dep != "conj")
        ):
            return None
        link = self._words[counted.first - 1]
        if self._words[counted.last + 1 : counted.last + 2] == ["of"] and counted.noun is None:
            return None
        if link not in {"and", ",", "or"}:
            return None
        if (
            counted.noun is not None
            and not self._is_person(counted.noun)
            and self._tree[counted.noun].lemma not in self._outcomes.words["vague_counted"]
        ):
            return None
        after = tree[counted.end + 1] if counted.end + 1 < len(tree) else None
        if after is not None and (after.is_verb or after.tag == "TO"):
            return None
        return self._made(counted, near.outcome, counted.first)

    def _near_before(self, counted: _Counted) -> RawToll | None:
        near = [t for t in self._known if t.end <= counted.quantity.start and not t.superseded]
        last = max(near, key=lambda t: t.end, default=None)
        if last is None:
            return None
        stop = token_at(self._tree, last.end - 1)
        if stop is None or counted.first - stop > 9:
            return None
        between = self._tree.tokens[stop + 1 : counted.first]
        stops, harm = {"VBD", "VBZ", "VBP", "VBG", "MD", ".", ":"}, self._outcomes.by_word
        apart = any(t.tag in stops and t.lemma != "be" and ("verb", t.lemma) not in harm for t in between)
        return None if apart else last

    # --- nobody -------------------------------------------------------------------------------------------------

    def nobody(self) -> Iterator[tuple[RawToll, int, RawToll | None]]:
        """ "without loss of life", "the minister escaped unhurt": a toll of 0 without a figure."""
        text = " ".join(self._words)
        for pattern in self._outcomes.nobody:
            for match in pattern.words.finditer(text):
                first = text.count(" ", 0, match.start())
                last = first + match.group().count(" ")
                head = self._subject(first) if pattern.subject else None
                if pattern.subject and (head is None or not self._is_person(head) or self._is_told(head)):
                    continue
                start = self._tree[head].start if head is not None else self._tree[first].start
                yield RawToll(pattern.outcome, head, None, start, self._tree[last].end, 0, 0, 0, "none"), first, None

    def _is_told(self, head: int) -> bool:
        return any(t.start <= self._tree[head].start < t.end for t in self._known)

    def _subject(self, verb: int) -> int | None:
        token = self._tree[verb]
        above = verb if token.head == verb or token.dep not in {"aux", "auxpass"} else token.head
        return self._tree.child(above, "nsubj", "nsubjpass")
