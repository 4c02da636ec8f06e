"""Tables: a model of one row of each."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from reportedly.knowledge.schema.values import (
    Cells,
    Date,
    Domain,
    Iso2,
    Latitude,
    ListedKind,
    Longitude,
    PlaceId,
    Population,
    Slug,
    Strict,
    Text,
    one_of,
)
from reportedly.knowledge.tables import cells

OUTLET_KINDS = (
    "agency",
    "newspaper",
    "broadcaster",
    "online",
    "magazine",
    "party",
    "military_media",
    "un",
    "ngo_media",
    "other",
)
FEATURES = frozenset(
    [
        *("town", "village", "city", "camp", "base", "mine", "crossing", "airport", "port", "island", "river", "lake"),
        *("mountain", "desert", "region", "province", "district", "neighbourhood", "dam", "bridge", "prison"),
        *("hospital", "road", "other"),
    ]
)


class Spell(Protocol):
    """Something with a beginning and an end, either of which may be unknown."""

    @property
    def since(self) -> str: ...
    @property
    def until(self) -> str: ...


AnySpell = TypeVar("AnySpell", bound=Spell)


def _in_order(row: AnySpell) -> AnySpell:
    shared = min(len(row.since), len(row.until))
    if shared and row.since[:shared] > row.until[:shared]:
        raise ValueError(f"since {row.since} is later than until {row.until}")
    return row


class ActorRow(Strict):
    """A row of `actors/*.csv`."""

    id: Slug
    name: Text
    kind: ListedKind
    countries: Cells
    since: Date
    until: Date
    acronyms: Cells
    aliases: Cells
    parent: str
    ucdp_name: str
    source: str
    note: str

    _order = model_validator(mode="after")(_in_order)


class NameRow(Strict):
    """A row of `actors/names*.csv`."""

    actor: Slug
    name: Text
    since: Date
    until: Date
    relation: Literal["renamed", "merged_into", "split_from", "successor", "wing_of", "founding", "also", "at_home"]
    source: str

    _order = model_validator(mode="after")(_in_order)


class PlaceRow(Strict):
    """A row of the supplement in `gazetteer/`. A row of GeoNames keeps its number as id."""

    id: PlaceId
    name: Text
    variants: Cells
    countries: Cells
    admin1: str
    lat: Latitude
    lon: Longitude
    precision: Literal["point", "district", "region"]
    feature: Annotated[str, one_of(FEATURES, "feature")]
    source: str
    note: str
    population: Population = None


class DivisionRow(Strict):
    """A row of `gazetteer/admin1.csv`."""

    country: Iso2
    code: Text
    name: Text
    variants: Cells
    lat: Latitude
    lon: Longitude


class OutletRow(Strict):
    """A row of `outlets/*.csv`."""

    id: Slug
    name: Text
    aliases: Cells
    domains: Annotated[tuple[Domain, ...], BeforeValidator(cells)]
    country: str
    kind: Annotated[str, one_of(OUTLET_KINDS, "kind of outlet")]
    owner: str
    source: str


class CountryRow(Strict):
    """A row of `countries/countries.csv`."""

    iso2: Iso2
    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    numeric: Annotated[str, Field(pattern=r"^(\d{3})?$")]
    gwno: Annotated[str, Field(pattern=r"^(\d{1,3})?$")]
    name: Text
    aliases: Cells
    capital: str
    adjectives: Cells
    people: Cells
    region: Text
    lat: Latitude
    lon: Longitude


class GeonamesFeatureRow(Strict):
    """A row of `imports/geonames_features.csv`: which features of GeoNames become places, and of what sort."""

    feature_class: Annotated[str, Field(pattern=r"^[A-Z]$")]
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,10}$")]
    feature: Annotated[str, one_of(FEATURES, "feature")]
    precision: Literal["point", "district", "region"]


class FtmKindRow(Strict):
    """A row of `imports/ftm_kinds.csv`: what an entity with this schema (`*` any) and topic is; the first that fits."""

    entity: Text
    topic: str
    kind: ListedKind


class UcdpKindRow(Strict):
    """A row of `imports/ucdp_kinds.csv`: what an actor of a level of organisation is, fighting a state or not."""

    org: Literal["1", "2", "3", "4"]
    conflict: Literal["yes", ""]
    kind: ListedKind


class ColumnRow(Strict):
    """A row of `imports/columns.csv`: what people also call a column of ours."""

    column: Text
    synonym: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
