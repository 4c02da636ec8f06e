"""What we know already, for importers to compare with. Door: `load_stock`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportedly.knowledge.actors import Actor, ActorIndex, load_actors, name_key
from reportedly.knowledge.countries import load_countries
from reportedly.knowledge.fold import fold
from reportedly.knowledge.outlets import OutletIndex, load_outlets
from reportedly.knowledge.tables import read_rows


@dataclass(frozen=True)
class Stock:
    """The shipped actors, outlets, countries by any of their codes and names, and names of divisions by their codes."""

    actors: ActorIndex
    outlets: OutletIndex
    countries: Mapping[str, str]
    divisions: Mapping[str, str]

    def country(self, text: str) -> str | None:
        """Return the ISO alpha-2 code of a country by code, number or name (`ML`, `mli`, `432`, `Mali`)."""
        key = name_key(text.strip())
        return self.countries.get(key) or self.countries.get(key.split(" (")[0])

    def countries_of(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the codes of countries; one that we do not know is an error that names it."""
        found = []
        for text in (text for text in texts if text.strip()):
            code = self.country(text)
            if code is None:
                raise ValueError(f"{text.strip()!r} is no country that we know")
            found.append(code)
        return tuple(dict.fromkeys(found))

    def actor(self, names: Iterable[str], countries: Iterable[str]) -> Actor | None:
        """Return the one actor that bears any of the names, as far as the countries allow; None where it is not one."""
        home = set(countries)
        found = {
            actor.id: actor
            for name in names
            for actor in self.actors.named(name)
            if not home or not actor.countries or home & set(actor.countries)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def bears(self, actor: Actor, name: str) -> bool:
        """Tell whether an actor is found by a name already."""
        return actor.id in self.actors.by_name.get(name_key(name), ())


def load_stock(data: Path) -> Stock:
    """Load the shipped tables."""
    countries: dict[str, str] = {}
    for country in load_countries(data).values():
        codes = (country.iso2, country.iso3, country.gwno.lstrip("0"))
        for name in (*codes, country.name, *country.aliases):
            if name:
                countries.setdefault(name_key(name), country.iso2)
    divisions = {f"{row['country']}.{row['code']}": row["name"] for row in read_rows(data / "gazetteer" / "admin1.csv")}
    return Stock(load_actors(data), load_outlets(data), countries, divisions)


def formerly(stock: Stock, ucdp_name: str) -> Actor | None:
    """Return the actor whose name in UCDP's data this is."""
    found = [
        actor for actor in stock.actors.by_id.values() if actor.ucdp_name and fold(actor.ucdp_name) == fold(ucdp_name)
    ]
    return found[0] if len(found) == 1 else None
