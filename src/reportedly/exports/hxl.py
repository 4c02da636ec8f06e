"""HXL 1.1 hashtags for the columns of codebooks, as HDX's own loaders tag them where they do.

For tables of ours the tags stand with the columns, in `tables.py`. A column without a tag stays untagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_PLACE = {
    "country": "#country+name",
    "region": "#region+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
}
TAGS: Mapping[str, Mapping[str, str]] = {
    "acled": {
        **_PLACE,
        "event_id_cnty": "#event+code",
        "event_date": "#date+occurred",
        "year": "#date+year",
        "time_precision": "#date+precision",
        "disorder_type": "#event+type+disorder",
        "event_type": "#event+type",
        "sub_event_type": "#event+type+sub",
        "actor1": "#group+name+first",
        "assoc_actor_1": "#group+name+first+assoc",
        "inter1": "#group+type+first",
        "actor2": "#group+name+second",
        "assoc_actor_2": "#group+name+second+assoc",
        "inter2": "#group+type+second",
        "interaction": "#event+interaction",
        "civilian_targeting": "#event+civilian",
        "iso": "#country+code+v_iso_numeric",
        "admin1": "#adm1+name",
        "admin2": "#adm2+name",
        "admin3": "#adm3+name",
        "location": "#loc+name",
        "geo_precision": "#geo+precision",
        "source": "#meta+source",
        "source_scale": "#meta+source+scale",
        "notes": "#description",
        "fatalities": "#affected+killed",
        "tags": "#meta+tags",
        "timestamp": "#date+updated",
    },
    "ucdp": {
        **_PLACE,
        "id": "#event+code",
        "year": "#date+year",
        "type_of_violence": "#event+type",
        "dyad_name": "#group+name+dyad",
        "side_a": "#group+name+first",
        "side_b": "#group+name+second",
        "source_article": "#meta+source",
        "source_original": "#meta+claimant",
        "where_coordinates": "#loc+name",
        "where_description": "#loc+description",
        "adm_1": "#adm1+name",
        "adm_2": "#adm2+name",
        "date_start": "#date+start",
        "date_end": "#date+end",
        "best": "#affected+killed",
        "high": "#affected+killed+max",
        "low": "#affected+killed+min",
    },
}


def tags_for(book: str, columns: Iterable[str]) -> list[str]:
    """Return the hashtag of each column of a book, empty where it has none."""
    known = TAGS.get(book, {})
    return [known.get(column, "") for column in columns]
