"""Room 2, documents: bytes to text, and layers of spans over the text.

Doors: `parse(capture)`, `segment(text)`, `preview(document)`, and for texts that several outlets print `fingerprint`,
`origins`, `Agencies` and `families`. The text is never changed; faults are reported as defects. No input is opened
here.
"""

from reportedly.documents.parse import parse
from reportedly.documents.preview import preview
from reportedly.documents.reprints import fingerprint, origins
from reportedly.documents.segments import segment
from reportedly.documents.wires import Agencies, Credit, families
from reportedly.documents.words import count_words

__all__ = ["Agencies", "Credit", "count_words", "families", "fingerprint", "origins", "parse", "preview", "segment"]
