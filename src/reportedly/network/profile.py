"""One actor: its names over time, its dyads, its ties, and which outlets and tellers quote it. Door: `profile(...)`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from reportedly.network.graph import Dyad, Edge, Network, Node
from reportedly.network.shapes import dyad_json, edge_json, node_json
from reportedly.store.base import Holdings

UNKNOWN_OUTLET = "unknown publisher"


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as the whole case shows it. `quoted_by` counts claims that it makes by the outlet that carries them;
    `quoted_through` by the teller that passes them on."""

    node: Node
    edges: tuple[Edge, ...]
    dyads: tuple[Dyad, ...]
    quoted_by: tuple[tuple[str, int], ...]
    quoted_through: tuple[tuple[str, int], ...]


def profile(view: Holdings, network: Network, actor: str) -> Profile | None:
    """Return the actor with this id, None where the network does not have it."""
    node = network.node(actor)
    if node is None:
        return None
    parties = {actor, *([f"gov:{node.country}"] if node.kind in ("state_forces", "government") else [])}
    outlets, tellers = _quoted(view, actor)
    return Profile(
        node=node,
        edges=tuple(edge for edge in network.edges if actor in (edge.source, edge.target)),
        dyads=tuple(d for d in network.dyads if parties & {d.side_a, d.side_b} or actor in d.supporters),
        quoted_by=outlets,
        quoted_through=tellers,
    )


Counts = tuple[tuple[str, int], ...]


def _quoted(view: Holdings, actor: str) -> tuple[Counts, Counts]:
    """Count the actor's own claims by outlet, and by whoever in the text passes them on."""
    seen = view.actor(actor)
    outlets: Counter[str] = Counter()
    tellers: Counter[str] = Counter()
    for claim_id in dict.fromkeys(claim for slot, claim in seen.claims if slot == "claimant") if seen else ():
        claim = view.claim(claim_id)
        stored = view.document(claim.document) if claim else None
        if claim is None or stored is None:
            continue
        outlets[stored.document.publisher or UNKNOWN_OUTLET] += 1
        tellers.update(ref.name or ref.span.quote for ref in claim.attribution[:-1])
    return _ranked(outlets), _ranked(tellers)


def _ranked(counts: Counter[str]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def profile_json(found: Profile) -> dict[str, Any]:
    """Return an actor's profile in plain values."""
    return {
        **node_json(found.node),
        "edges": [edge_json(edge) for edge in found.edges],
        "dyads": [dyad_json(dyad) for dyad in found.dyads],
        "quoted_by": [{"outlet": outlet, "claims": number} for outlet, number in found.quoted_by],
        "quoted_through": [{"teller": teller, "claims": number} for teller, number in found.quoted_through],
    }
