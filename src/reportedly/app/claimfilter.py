"""The filter of the list of claims, read from a URL. Claims are sifted in SQL; a single one can be asked too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import get_args
from urllib.parse import urlencode

from reportedly.exports.words import actor_words
from reportedly.model.attribution import Stance
from reportedly.model.claim import Claim, ClaimantKind, Modality
from reportedly.model.toll import Outcome
from reportedly.store.answers import ClaimsWanted

STATES = ("proposed", "accepted", "edited", "rejected", "unsure")
OUTCOMES: tuple[str, ...] = get_args(Outcome)
STANCES: tuple[str, ...] = get_args(Stance)
MODALITIES: tuple[str, ...] = get_args(Modality)
CLAIMANT_KINDS: tuple[str, ...] = get_args(ClaimantKind)
_URL = {"since": "from", "until": "to"}


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What is looked for; empty fields let everything through. `kind` is that of the claimant."""

    claimant: str = ""
    kind: str = ""
    type: str = ""
    outcome: str = ""
    stance: str = ""
    modality: str = ""
    status: str = ""
    document: str = ""
    place: str = ""
    country: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether everything is let through."""
        return not any(getattr(self, item.name) for item in fields(self))

    @property
    def query(self) -> str:
        """The filter as a URL's query."""
        held = [(_URL.get(f.name, f.name), str(value)) for f in fields(self) if (value := getattr(self, f.name))]
        return "?" + urlencode(held) if held else ""

    def wanted(self) -> ClaimsWanted:
        """Return what the store is asked for."""
        number = self.document if self.document.isascii() and self.document.isdigit() else ""
        return ClaimsWanted(
            claimant=self.claimant,
            claimant_kind=self.kind,
            event_type=self.type,
            outcome=self.outcome,
            stance=self.stance,
            modality=self.modality,
            document=(int(number) if len(number) < 19 else -1) if number else (-1 if self.document else None),
            place=self.place,
            country=self.country.upper(),
            since=self.since,
            until=self.until,
            state=self.status,
        )

    def matches(self, claim: Claim, number: int) -> bool:
        """Tell whether a claim is looked for as it stands after an edit; `number` is that of its document."""
        who = actor_words(claim.claimant).casefold() if claim.claimant else ""
        told = {
            "claimant": who,
            "kind": claim.claimant_kind,
            "stance": claim.stance,
            "modality": claim.modality,
            "document": str(number),
            "place": (claim.place.name or "") if claim.place else "",
            "country": (claim.place.country or "") if claim.place else "",
        }
        asked = {key: getattr(self, key) for key in told}
        if any(value and value.casefold() != told[key].casefold() for key, value in asked.items()):
            return False
        if self.outcome and self.outcome not in {toll.outcome for toll in claim.tolls}:
            return False
        return self._kind(claim) and self._days(claim)

    def _kind(self, claim: Claim) -> bool:
        return not self.type or claim.event_type == self.type or claim.event_type.startswith(f"{self.type}.")

    def _days(self, claim: Claim) -> bool:
        when = claim.when
        first, last = (when.earliest, when.latest) if when else (None, None)
        if self.since and (last is None or last.isoformat() < self.since):
            return False
        return not self.until or (first is not None and first.isoformat() <= self.until)


def read_claim_filter(query: Mapping[str, str]) -> ClaimFilter:
    """Read a filter from a URL's query."""
    return ClaimFilter(**{f.name: query.get(_URL.get(f.name, f.name), "").strip() for f in fields(ClaimFilter)})
