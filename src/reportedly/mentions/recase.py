"""Room 3, case: give text in capitals (old wire copy) or in small letters the case that the parser expects.

Length is kept, so offsets stay those of the text as given. Only the parser sees the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reportedly.knowledge.lexicon import Lexicon
from reportedly.mentions.names import NameHit
from reportedly.mentions.numerals import fold as lower_case

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?]['\"”)\]]*\s+|\n\s*\n|[\[(\"“]\s*)([^\W\d_])")
_SMALL = frozenset(
    [
        "of",
        "the",
        "de",
        "la",
        "le",
        "les",
        "del",
        "los",
        "las",
        "du",
        "des",
        "da",
        "do",
        "dos",
        "and",
        "al",
        "y",
        "e",
        "for",
        "in",
        "on",
        "van",
        "von",
        "bin",
        "ibn",
    ]
)
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_ALWAYS_UP = frozenset(["u.s", "un", "us", "eu", "uk"])
_LETTER = re.compile(r"[^\W\d_]")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞА-Я]")
CAPITALS_SHARE = 0.7
LOWER_SHARE = 0.004
FEWEST_LETTERS = 30
LONGEST_TITLE = 200
FEWEST_TITLED = 4
TITLED_SHARE = 0.8
_STOPS = (".", "?", "!", ";", '."', ".”")


def case_of(text: str) -> str:
    """Return `capitals`, `lower` or `mixed`, by the share of capital letters (calibrated on wire copy, 2026-11)."""
    sample = text[:2000]
    signs = set(sample)
    letters = sum(sample.count(sign) for sign in signs if _LETTER.match(sign))
    upper = sum(sample.count(sign) for sign in signs if _CAPITAL.match(sign))
    if letters < FEWEST_LETTERS:
        return "mixed"
    if upper / letters > CAPITALS_SHARE:
        return "capitals"
    return "lower" if upper / letters < LOWER_SHARE else "mixed"


def is_titled(words: str, known: Callable[[str], bool]) -> bool:
    """Tell whether a line is a headline with a capital at nearly every word, ordinary words among them."""
    if len(words) > LONGEST_TITLE or words.rstrip().endswith(_STOPS):
        return False
    long = [w for w in _WORD.findall(words) if len(w) > 3]
    raised = [w for w in long if w[0].isupper()]
    if len(long) < FEWEST_TITLED or len(raised) < TITLED_SHARE * len(long):
        return False
    return sum(known(w.lower()) for w in raised[1:]) >= 2


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that show a name beside them: given names, titles, openings of place names, what ends a name."""

    given: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


def name_words(lexicon: Lexicon) -> NameWords:
    """The words of a lexicon that show names."""
    words = lexicon.actor_words
    return NameWords(words["given_names"], frozenset(lexicon.titles), words["name_openers"], words["after_names"])


def recase(
    text: str,
    hits: Iterable[NameHit],
    acronyms: frozenset[str],
    known: Callable[[str], bool],
    names: NameWords | None = None,
) -> str:
    """Return the text in sentence case: names, unknown words and sentence openings with capitals."""
    lowered = lower_case(text)
    chars = list(lowered)
    for match in _WORD.finditer(lowered):
        word = match.group()
        if word in _CALENDAR or (len(word) > 2 and word not in _SMALL and not known(word.split("'")[0].split("’")[0])):
            chars[match.start()] = chars[match.start()].upper()[:1]
    if names is not None:
        _raise_people(chars, lowered, names)
    for hit in hits:
        _raise_name(chars, lowered, hit, acronyms)
    for match in _SENTENCE.finditer(lowered):
        at = match.start(1)
        chars[at] = _upper(chars[at])
    return "".join(chars)


def _raise_people(chars: list[str], lowered: str, names: NameWords) -> None:
    """Give capitals to given names and to the ordinary words that follow them or the opening of a place name."""
    words = list(_WORD.finditer(lowered))
    reach = 0  # how many more words may belong to the name begun before
    for at, match in enumerate(words):
        word = match.group().removesuffix("'s").removesuffix("’s")
        joined = at > 0 and lowered[words[at - 1].end() : match.start()] in {" ", ". "}
        if not joined or word in names.after:
            reach = 0
        capital = chars[match.start()].isupper() and word not in names.titles
        if word in names.given or (reach and (capital or not _verbal(word))):
            chars[match.start()] = _upper(chars[match.start()])
            person = word in names.given and (not at or words[at - 1].group() not in names.openers)
            reach = 0 if word != match.group() else (2 if person else reach - 1)
        elif word in names.openers:
            chars[match.start()] = _upper(chars[match.start()])
            reach = 1
        else:
            reach = 1 if capital and reach else 0


def _verbal(word: str) -> bool:
    """Tell whether a word looks like a form of a verb or an adverb rather than a surname."""
    return word.endswith(("ed", "ing", "ly")) or len(word) < 3


def _raise_name(chars: list[str], lowered: str, hit: NameHit, acronyms: frozenset[str]) -> None:
    whole = lowered[hit.start : hit.end]
    if whole in acronyms or whole.replace(".", "") in _ALWAYS_UP:
        for at in range(hit.start, hit.end):
            chars[at] = _upper(chars[at])
        return
    for match in _WORD.finditer(lowered, hit.start, hit.end):
        opens = hit.sort == "place" and match.start() == hit.start and match.group() != "the"
        if opens or match.group() not in _SMALL:  # "La Paz", "Los Andes": the article belongs to the name
            chars[match.start()] = _upper(chars[match.start()])


def _upper(char: str) -> str:
    raised = char.upper()
    return raised if len(raised) == 1 else char
