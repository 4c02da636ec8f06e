"""Room 2, documents: texts that come from a news agency. Doors: `Agencies(names).credit(document)`, `families(...)`.

A text that credits an agency as its source tells what the agency tells: two outlets with the same agency's reports are
one origin, however they word them. A text that only names an agency as a helper leans on it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from reportedly.model import Document
from reportedly.model.facts import leaning, of_wire

_OPENING = 600
# Before what follows a dateline: a dash of any length, a colon, or nothing.
_DATELINE = (
    r"\A[^.\n]{{0,80}}(?:\({name}(?:/[^)]{{1,30}})?\)\s*(?:[-–—:]|$)|[-–—/]\s*{name}\s*[-–—:])"
    r"|\A{name}(?:/[A-Z][\w ]{{0,30}})?\s*(?:[-–—]|:)\s"
)
_BYLINE = (
    r"^(?:[Bb]y\s+)?(?:[A-Z][^\n.]{{0,60}}?\s*[,|/–—-]\s*|[A-Z][^\n.]{{0,60}} (?:of|for)\s+)?(?:[Tt]he\s+)?{name}"
    r"(?:\s+(?:[Ss]taff|[Ww]riter|[Ww]riters|[Cc]orrespondent|[Nn]ews [Aa]gency))?\s*$"
)
_SOURCE = (
    r"(?:Source|Via|From|Reporting by|Copyright|\([Cc]\)|©)\s*:?\s*(?:(?:\([Cc]\)|©)\s*)?(?:\d{{4}},?\s+)?"
    r"(?:[Tt]he\s+)?"
)
_RIGHTS = r"(?:/[\w ]{{1,20}})?\s*\)?\.?(?:\s*All rights reserved\.?)?\s*\Z"
_ENDING = (
    rf"\n\s*(?:[-–—(]\s*)?(?:{_SOURCE})?(?:[Tt]he\s+)?{{name}}{_RIGHTS}|[-–—(]\s*{{name}}\s*\)?\s*\Z"
    r"|(?:©|Copyright)\s*(?:\d{{4}},?\s+)?(?:[Tt]he\s+)?{name}\b[^\n]{{0,60}}\s*\Z"
)
_HELP = (
    r"{name}(?:\s+(?:[Ss]taff|news agency))?\s+(?:also\s+)?contributed\b"
    r"|(?:[Rr]eporting|[Mm]aterial|[Ii]nformation|[Ii]nputs?|[Rr]eports)\s+(?:by|from)\s+[^.\n]{{0,60}}{name}"
    r"|(?:\n|\()\s*[Ww]ith\s+(?:the\s+)?{name}\s*\)?\.?\s*\Z"
)


class Credit(NamedTuple):
    """The agency, by its id, that a text credits; `whole` where the text is the agency's, not merely helped by it."""

    agency: str
    whole: bool


class Agencies:
    """Names of agencies, each with the agency's id."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))
        self._folded = {name.casefold(): agency for name, agency in self._names.items()}

    def credit(self, document: Document) -> Credit | None:
        """Return what a document credits: its publisher or author, its dateline, a byline, its end; or None."""
        for told in (document.publisher, document.author):
            name = re.sub(r"^(?:by\s+)?(?:the\s+)?|\s+(?:staff|writer)$", "", (told or "").strip(), flags=re.IGNORECASE)
            if (agency := self._folded.get(name.casefold())) is not None:
                return Credit(agency, True)
        return self.credit_in(document.text)

    def credit_in(self, text: str) -> Credit | None:
        """Return what a text credits in its dateline, a byline or at its end.

        >>> Agencies({"Reuters": "gb-reuters"}).credit_in("BAMAKO, July 5 (Reuters) - Ten soldiers died.")
        Credit(agency='gb-reuters', whole=True)
        """
        opening, closing = text[:_OPENING].strip(), text[-_OPENING:].strip()
        present = [name for name in self._names if name in opening or name in closing]
        for name in present:
            head, byline, end, _ = _patterns(name)
            if head.search(opening) or byline.search(opening) or end.search(closing):
                return Credit(self._names[name], True)
        for name in present:
            if _patterns(name)[3].search(closing):
                return Credit(self._names[name], False)
        return None


@lru_cache(maxsize=2_000)
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    word = rf"(?<!\w){re.escape(name)}(?!\w)"
    head, byline, end, help_ = (re.compile(p.format(name=word)) for p in (_DATELINE, _BYLINE, _ENDING, _HELP))
    return head, re.compile(byline.pattern, re.MULTILINE), end, help_


def families(roots: Mapping[str, str], credits: Mapping[str, Credit]) -> dict[str, str]:
    """Return the origin of each document: the agency that its text, or a reprint of it, credits; else its root text.

    `roots` are the documents that stand for those with the same text.
    """
    told: defaultdict[str, set[str]] = defaultdict(set)
    for document, credit in credits.items():
        if credit.whole:
            told[roots[document]].add(credit.agency)
    return {document: _family(root, told.get(root, set()), credits.get(document)) for document, root in roots.items()}


def _family(root: str, agencies: set[str], credit: Credit | None) -> str:
    if len(agencies) == 1:
        return of_wire(next(iter(agencies)))
    return leaning(credit.agency, root) if credit is not None and not agencies else root
