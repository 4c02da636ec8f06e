"""Export as schema.org `Claim`s in JSON-LD: what named tellers say, where it appeared, in whose words.

Never a `ClaimReview`: that is a human verdict on whether a claim is true, and nothing here says how true a claim is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportedly.contract import dumps
from reportedly.exports.evidence import evidence_of
from reportedly.exports.links import safe_link
from reportedly.exports.options import Options
from reportedly.exports.words import actor_words, figure_words, names, type_words
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.store.base import Holdings

TITLE = "Statements of named tellers as schema.org Claims"
MEDIA = "application/ld+json"
LEAVES_OUT = "the outlets' own voice; offsets of slots; incidents; any verdict"
TAKES: frozenset[str] = frozenset()

PERSONAL = frozenset({"civilians", "protesters", "rioters", "unknown", "other"})


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield one graph, claim by claim, in the order of documents and text."""
    yield '{"@context":"https://schema.org","@graph":['
    first = True
    for stored in view.documents():
        for claim in view.claims(stored.document.id):
            if claim.claimant is not None:
                yield ("\n" if first else ",\n") + dumps(_claim(claim, claim.claimant, stored.document))
                first = False
    yield "\n]}\n"


def _claim(claim: Claim, claimant: ActorRef, document: Document) -> dict[str, Any]:
    evidence = evidence_of(document, claim)
    return _without_none(
        {
            "@type": "Claim",
            "@id": f"urn:reportedly:{claim.id}",
            "name": _summary(claim),
            "text": evidence.text,
            "author": {"@type": _author(claimant), "name": actor_words(claimant)},
            "datePublished": _said_on(claim),
            "appearance": _article(document, evidence.link),
            "claimInterpreter": {"@type": "SoftwareApplication", "name": claim.found_by or "reportedly"},
        }
    )


def _summary(claim: Claim) -> str:
    """Return what is claimed, in our words: kind of event, sides, figures."""
    sides = " → ".join(filter(None, (names(claim.initiators), names(claim.targets))))
    tolls = (f"{toll.outcome} {figure_words(toll.low, toll.high, toll.qualifier)}" for toll in claim.tolls)
    return "; ".join(filter(None, (f"{claim.stance}: {type_words(claim.event_type)}", sides, *tolls)))


def _author(claimant: ActorRef) -> str:
    return "Person" if claimant.kind in PERSONAL and claimant.actor_id is None else "Organization"


def _said_on(claim: Claim) -> str | None:
    """Return the day on which the claimant said it, where the text gives one day."""
    said = claim.said_on
    return said.earliest.isoformat() if said and said.earliest and said.earliest == said.latest else None


def _article(document: Document, link: str | None) -> dict[str, Any]:
    return _without_none(
        {
            "@type": "NewsArticle",
            "headline": document.title,
            "url": link or safe_link(document.url),
            "datePublished": document.published,
            "publisher": {"@type": "Organization", "name": document.publisher} if document.publisher else None,
            "inLanguage": document.language,
        }
    )


def _without_none(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}
