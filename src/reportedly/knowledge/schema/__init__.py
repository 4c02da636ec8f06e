"""The layout of every knowledge file, as pydantic models. Used by `check` alone: loading trusts what was checked.

Tables have a model of one row, lists one of the whole file. Nothing here looks at more than one row or file.
"""

from reportedly.knowledge.schema.events import (
    AcledCodes,
    EventTypeEntry,
    EventTypes,
    PloverCodes,
    TriggerEntry,
    Triggers,
)
from reportedly.knowledge.schema.lexicon import (
    ControlWords,
    NamedWords,
    OutcomeWords,
    PagePatterns,
    RelationFile,
    ReportingWords,
    RoleWords,
    SentenceFile,
    WeaponWords,
)
from reportedly.knowledge.schema.tables import (
    ActorRow,
    ColumnRow,
    CountryRow,
    DivisionRow,
    FtmKindRow,
    GeonamesFeatureRow,
    NameRow,
    OutletRow,
    PlaceRow,
    UcdpKindRow,
)

__all__ = [
    "AcledCodes",
    "ActorRow",
    "ColumnRow",
    "ControlWords",
    "CountryRow",
    "DivisionRow",
    "EventTypeEntry",
    "EventTypes",
    "FtmKindRow",
    "GeonamesFeatureRow",
    "NameRow",
    "NamedWords",
    "OutcomeWords",
    "OutletRow",
    "PagePatterns",
    "PlaceRow",
    "PloverCodes",
    "RelationFile",
    "ReportingWords",
    "RoleWords",
    "SentenceFile",
    "TriggerEntry",
    "Triggers",
    "UcdpKindRow",
    "WeaponWords",
]
