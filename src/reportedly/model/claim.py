"""A claim: one claimant's account of one happening in one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportedly.model.actor import ActorRef
from reportedly.model.attribution import Stance
from reportedly.model.place import PlaceRef
from reportedly.model.quick import quick
from reportedly.model.span import Span
from reportedly.model.toll import Toll
from reportedly.model.when import When

ClaimantKind = Literal["party", "authority", "organisation", "media", "witness", "anonymous", "outlet"]
Modality = Literal["actual", "ongoing", "attempted", "planned", "threatened", "hypothetical", "historical"]
Slot = Literal["initiator", "target", "victim", "claimant", "teller"]
_NOT_OWN = frozenset({"denied", "doubted"})


@quick
@dataclass(frozen=True, slots=True)
class Claim:
    """The slots of one account, each pointing at its words. `claimant` None = the outlet's own voice.

    In a denial the initiators are those said (and denied) to have done it; the denier is the claimant.
    `attribution` lists the tellers named in the text, outermost first, the claimant last. `confidence` (0 to 1) says
    how sure the program is that it read the words rightly, never how true they are. `scene` is the country that the
    text speaks of above all (ISO alpha-2), where the claim has no place of its own with a country. `doubt` are words
    by which others say that the account could not be verified; then its stance is `doubted`.
    """

    id: str
    document: str
    event_type: str
    violent: bool
    trigger: Span
    content: Span
    initiators: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    place: PlaceRef | None = None
    places: tuple[PlaceRef, ...] = ()
    scene: str | None = None
    when: When | None = None
    tolls: tuple[Toll, ...] = ()
    means: tuple[Span, ...] = ()
    claimant: ActorRef | None = None
    claimant_kind: ClaimantKind = "outlet"
    attribution: tuple[ActorRef, ...] = ()
    cue: Span | None = None
    doubt: Span | None = None
    stance: Stance = "asserted"
    modality: Modality = "actual"
    said_on: When | None = None
    aggregate: bool = False
    confidence: float = 0.5
    found_by: str = ""

    @property
    def gives_figures(self) -> bool:
        """Tell whether the figures are the claimant's own, and not those that he denies or disputes."""
        return self.stance not in _NOT_OWN or self.doubt is not None

    @property
    def told_by(self) -> str | None:
        """The claimant's name, who a pronoun stands for, or the words; None is the outlet."""
        return None if self.claimant is None else self.claimant.name or self.claimant.span.quote

    def slots(self) -> Iterator[tuple[Slot, ActorRef]]:
        """Yield who stands in which slot, a claimant among the tellers once."""
        yield from (("initiator", ref) for ref in self.initiators)
        yield from (("target", ref) for ref in self.targets)
        yield from (("victim", toll.victims) for toll in self.tolls if toll.victims)
        if self.claimant:
            yield "claimant", self.claimant
        yield from (("teller", ref) for ref in self.attribution if ref != self.claimant)
