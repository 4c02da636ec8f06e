"""Claims in few words, for the tests of incidents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reportedly.knowledge.linking import load_linking
from reportedly.knowledge.load import DATA
from reportedly.model import ActorRef, Claim, PlaceRef, Span, Toll, When
from reportedly.model.actor import ActorKind
from reportedly.model.facts import DocumentFacts

# Towns far from each other, and the two countries.
PLACES = {
    "Oko": PlaceRef(Span(0, 3, "Oko"), None, "Oko", "ML", (), None, None, None, "unresolved"),
    "Arda": PlaceRef(Span(0, 4, "Arda"), "arda", "Arda", "ML", (), "Gao", 16.2, 0.0, "point"),
    "Beko": PlaceRef(Span(0, 4, "Beko"), "beko", "Beko", "ML", (), "Mopti", 14.5, -4.2, "point"),
    "Cilo": PlaceRef(Span(0, 4, "Cilo"), "cilo", "Cilo", "ML", (), "Gao", 17.5, 0.9, "point"),
    "Dure": PlaceRef(Span(0, 4, "Dure"), "dure", "Dure", "ML", (), "Kayes", 14.4, -11.4, "point"),
    "Ezna": PlaceRef(Span(0, 4, "Ezna"), "ezna", "Ezna", "ML", (), "Sikasso", 11.3, -5.6, "point"),
    "Mali": PlaceRef(Span(0, 4, "Mali"), "ml", "Mali", "ML", (), None, 17.0, -4.0, "country"),
    "Kenya": PlaceRef(Span(0, 5, "Kenya"), "ke", "Kenya", "KE", (), None, 0.0, 37.0, "country"),
}
KINDS: dict[str, tuple[ActorKind, str | None]] = {
    "ml-army": ("state_forces", "ML"),
    "ru-wagner": ("state_forces", "RU"),
    "ml-csp": ("rebel_group", "ML"),
    "x-jnim": ("rebel_group", "ML"),
    "x-isgs": ("rebel_group", "NE"),
    "ua-intelligence": ("state_forces", "UA"),
    "x-villagers": ("civilians", None),
}
FAMILIES = {
    "attack.armed": "attack", "attack.ambush": "attack", "attack.killing": "harm", "attack.massacre": "attack",
    "attack.shooting": "attack", "battle.clash": "battle", "battle.offensive": "battle", "explosion.bomb": "explosion",
    "strike.shelling": "strike", "strike.air": "strike", "cooperation.support_operation": "aid",
    "diplomacy.meet": "talks", "attack.raid": "attack", "explosion.suicide": "explosion",
    "abduction.kidnapping": "abduction", "displacement.flight": "displacement",
}  # fmt: skip
LINKING = load_linking(DATA)


def actor(name: str) -> ActorRef:
    """A known actor, or villagers."""
    kind, country = KINDS[name]
    known = None if kind == "civilians" else name
    return ActorRef(Span(0, len(name), name), known, name, None, kind, country, None if known else "villager")


def facts(documents: Mapping[str, Any]) -> dict[str, DocumentFacts]:
    """Documents by id with their day of publication; each is its own origin."""
    return {name: DocumentFacts(name, name, day, f"paper {name}") for name, day in documents.items()}


def when(words: Any, published: date | None) -> When | None:
    """A stated day, one without a year, or the day of publication."""
    if words is None:
        if published is None:
            return None
        return When(Span(0, 0, ""), None, published, f"../{published}", "span", "publication")
    text = str(words)
    day = words if isinstance(words, date) else None
    return When(Span(0, len(text), text), day, day, text, "day", "stated")


def toll(figure: int | str, owner: str, victims: str | None = None, *, running: bool = False) -> Toll:
    """An exact figure of people killed, or dozens."""
    text = str(figure)
    ref = actor(victims) if victims else None
    kind = "unknown" if ref is None else "civilian" if ref.kind == "civilians" else "combatant"
    words = Span(0, len(text), text)
    if isinstance(figure, str):
        return Toll(f"t{owner}", words, "killed", 24, None, None, "vague", ref, kind)
    return Toll(f"t{owner}", words, "killed", figure, figure, figure, "exact", ref, kind, running=running)


def claim(row: Mapping[str, Any], documents: Mapping[str, Any]) -> Claim:
    """One row of the table as a claim."""
    name, document, at = str(row["id"]), row["in"], int(row.get("pos", 0))
    span = Span(at, at + 4, "word")
    return Claim(
        id=name,
        document=document,
        event_type=row["type"],
        violent=not row["type"].startswith(("cooperation", "diplomacy", "displacement")),
        trigger=span,
        content=span,
        initiators=tuple(actor(a) for a in row.get("by", ())),
        targets=tuple(actor(a) for a in row.get("of", ())),
        place=PLACES.get(row.get("at", "")),
        scene=row.get("scene"),
        when=when(row.get("day"), documents[document]),
        tolls=tuple(
            toll(figure, name, row.get("victims"), running=row.get("rises", False))
            for figure in ([row["killed"]] if "killed" in row else ())
        ),
        claimant=actor(row["says"]) if "says" in row else None,
        stance=row.get("stance", "asserted"),
        modality=row.get("modality", "actual"),
        aggregate=row.get("aggregate", False),
    )
