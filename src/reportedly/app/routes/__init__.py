"""One module a group of pages; each has a `router`. Twins (`.json`, `.csv`, `.geojson`) stand before their page."""
