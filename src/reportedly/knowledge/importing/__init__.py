"""Turns other people's lists into knowledge files of our layout. Doors: `geonames.read`, `ucdp.read`, `ftm.read`,
`own.read`; `overlay.Overlay` writes what they yield.

Readers stream: a row of ours, a `Problem` with file and line, or word that we have it already. Nothing here decides
how a text is read; the written folder is used through the setting `knowledge`.
"""
