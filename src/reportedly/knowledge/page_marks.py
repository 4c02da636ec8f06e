"""Page numbers and running heads: the lines that a page break leaves amid a text. Two rooms meet them."""

from __future__ import annotations

import re

PAGE_MARK = re.compile(
    r"^[ \t\f]*(?:[-–—]{1,3}[ \t]?\d{1,4}[ \t]?[-–—]{1,3}"
    r"|(?:\S[^\n]{0,60}?[ \t]{2,})?[Pp](?:age|AGE|\.)[ \t]\d{1,4}(?:[ \t](?:of|/)[ \t]?\d{1,4})?"
    r"(?:[ \t]{2,}\S[^\n]{0,60})?)[ \t\r]*$",
    re.MULTILINE,
)
"""A whole line: "- 14 -", "Page 3 of 9", "FORTNIGHTLY DIGEST        Page 15"."""
