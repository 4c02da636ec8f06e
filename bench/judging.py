"""When a claim counts as read rightly, by the keys of the development sets. Used by `calibrate.py`.

A judge gets the scorer's module, a document's claims and rows in the contract's form and the records of its key, and
answers for each claim: right, wrong, or None where the key cannot tell. The comparisons are those of the scorer.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

Json = Mapping[str, Any]
Verdicts = list[bool | None]
Judge = Callable[[ModuleType, Sequence[Json], Sequence[Json], Sequence[Json]], Verdicts]
HURT = ("killed", "injured")


def load_scorer(shared: Path) -> ModuleType:
    """Return the development sets' scorer as a module."""
    path = shared / "eval" / "score.py"
    spec = importlib.util.spec_from_file_location("development_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"calibrate: {path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def articles(scorer: ModuleType, claims: Sequence[Json], rows: Sequence[Json], records: Sequence[Json]) -> Verdicts:
    """MUC-4: a live claim of violence is right when it fits an incident of the key and most of its parties are in it.

    Fights between armed sides, which the key leaves out, are judged only where they fit.
    """
    return [_article_claim(scorer, claim, records[0]["templates"]) for claim in claims]


def _article_claim(scorer: ModuleType, claim: Json, templates: Sequence[Json]) -> bool | None:
    if not scorer.live(claim) or not scorer.claim_types(claim):
        return None
    fits = any(scorer.muc_fit(claim, template, None) for template in templates)
    if not fits:
        return None if scorer.MUC_NEUTRAL.search(claim["event_type"]) else False
    doers = _wordings(templates, ("perp_individual", "perp_org"))
    hurt = _wordings(templates, ("phys_target", "hum_target_name", "hum_target_description"))
    return _most(scorer, claim["initiators"], doers) and _most(scorer, claim["targets"], hurt)


def _wordings(templates: Sequence[Json], slots: Sequence[str]) -> list[str]:
    return [a for t in templates for slot in slots for filler in t.get(slot) or [] for a in filler["alternatives"]]


def _most(scorer: ModuleType, refs: Sequence[Json], wordings: Sequence[str]) -> bool:
    """Tell whether half of the references or more are in the key; none given is not wrong."""
    return 2 * sum(scorer.ref_match(ref, wordings) for ref in refs) >= len(refs)


def records(scorer: ModuleType, claims: Sequence[Json], rows: Sequence[Json], gold: Sequence[Json]) -> Verdicts:
    """PLOVER: a coded claim is right when a record has its type, and names its parties where both name any."""
    verdicts: Verdicts = []
    for claim in claims:
        types = {e for row in rows if claim["id"] in row["_claims"] for e in scorer.plover_events(row)}
        same = [g for g in gold if g["event"] in types]
        verdicts.append(any(_record_parties(scorer, claim, g) for g in same) if types else None)
    return verdicts


def _record_parties(scorer: ModuleType, claim: Json, record: Json) -> bool:
    source, target = ([a["text"] for a in record[role]] for role in ("source", "target"))
    if record["reciprocal"]:
        source = target = [*source, *target]
    return _one(scorer, claim["initiators"], source) and _one(scorer, claim["targets"], target)


def _one(scorer: ModuleType, refs: Sequence[Json], wordings: Sequence[str]) -> bool:
    return not refs or not wordings or any(scorer.ref_match(ref, wordings) for ref in refs)


def headlines(scorer: ModuleType, claims: Sequence[Json], rows: Sequence[Json], gold: Sequence[Json]) -> Verdicts:
    """UCDP: a claim with dead or injured is right when the headline states each of its figures, low and high."""
    verdicts: Verdicts = []
    for claim in claims:
        tolls = [t for t in claim["tolls"] if t["outcome"] in HURT]
        clear = tolls and claim["stance"] != "denied" and not any(g["toll_unclear"] for g in gold)
        stated = [w for g in gold for w in g["tolls"]]
        verdicts.append(all(_stated(scorer, t, stated) for t in tolls) if clear else None)
    return verdicts


def _stated(scorer: ModuleType, toll: Json, stated: Sequence[Json]) -> bool:
    return any(w["outcome"] == toll["outcome"] and all(scorer.headline_toll_ok(toll, w)) for w in stated)


JUDGES: Mapping[str, Judge] = {"muc4": articles, "plover": records, "ucdp": headlines}
