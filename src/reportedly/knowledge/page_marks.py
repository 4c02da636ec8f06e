"""Page numbers and running heads: the lines that a page break leaves amid a text. Shared by the rooms that meet them."""

from __future__ import annotations

import re

PAGE_MARK = re.compile(
    r"^[ \t\f]*(?:[-–—]+[ \t]?\d{1,4}[ \t]?[-–—]+"
    r"|(?:\S[^\n]{0,60}?[ \t]{2,})?[Pp](?:age|AGE|\.)[ \t]\d{1,4}(?:[ \t](?:of|/)[ \t]?\d{1,4})?(?:[ \t]{2,}\S[^\n]{0,60})?)[ \t\r]*$",
    re.MULTILINE,
)
"""A whole line: "- 14 -", "Page 3 of 9", "FORTNIGHTLY DIGEST        Page 15"."""
