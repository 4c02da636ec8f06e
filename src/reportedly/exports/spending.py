"""How much of each document is shown, against what may be: in its preview, in quotes of the report, and in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.exports.budget import QuoteBudget, quote_claim
from reportedly.exports.options import Options
from reportedly.exports.scope import by_day
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.incident import IncidentRecord
from reportedly.store.answers import StoredDocument

# The excerpt of a document's preview.
Excerpt = Callable[[Document], str]


@dataclass(frozen=True, slots=True)
class Spending:
    """Words of one document. `limit` may be shown of `total`; `both` counts words that preview and quotes share once.

    `quotes` claims have their words in the report, `withheld` only the place of their words.
    """

    stored: StoredDocument
    total: int
    limit: int
    preview: int
    quoted: int
    both: int
    quotes: int
    withheld: int

    @property
    def over(self) -> bool:
        """Tell whether preview and report together would show more than the budget; each alone never does."""
        return self.both > self.limit


def spending(
    stored: StoredDocument,
    claims: Sequence[Claim],
    homes: Mapping[str, IncidentRecord],
    options: Options,
    excerpt: Excerpt,
) -> Spending:
    """Return what a document's preview and the report's quotes show of it. `homes` are the incidents of its claims."""
    budget = QuoteBudget(stored.document, options)
    shown = [quote_claim(budget, claim).text is not None for claim in _as_reported(claims, homes)]
    opening = set(_same_words(stored.document.text, excerpt(stored.document), options))
    return Spending(
        stored,
        budget.total,
        budget.limit,
        len(opening),
        len(budget.shown),
        len(opening | budget.shown),
        sum(shown),
        len(shown) - sum(shown),
    )


def _as_reported(claims: Sequence[Claim], homes: Mapping[str, IncidentRecord]) -> list[Claim]:
    """Return the claims of incidents in the order in which the report quotes them."""
    told = [claim for claim in claims if claim.id in homes]
    return sorted(told, key=lambda claim: (by_day(homes[claim.id]), homes[claim.id].claims.index(claim.id)))


def _same_words(text: str, excerpt: str, options: Options) -> Iterator[int]:
    """Yield the numbers of the text's words that the excerpt shows; it has them in the text's order."""
    wanted = (excerpt[start:end] for start, end in options.words(excerpt))
    here = enumerate(text[start:end] for start, end in options.words(text))
    for word in wanted:
        found = next((number for number, other in here if other == word), None)
        if found is None:
            return
        yield found
