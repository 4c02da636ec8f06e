"""Room 2, documents: the text layer of a PDF. Pages are joined by a form feed; hyphens at line ends are kept."""

from __future__ import annotations

import pypdfium2 as pdfium

from reportedly.documents.extracted import Extracted

MAX_PAGES = 5000
MAX_CHARACTERS = 50_000_000


def extract_pdf(data: bytes) -> Extracted | str:
    """Return the text of a PDF, or why there is none."""
    try:
        document = pdfium.PdfDocument(data)
    except (pdfium.PdfiumError, ValueError, TypeError) as error:
        if "password" in str(error).lower():
            return "the PDF is protected by a password; give an open copy"
        return f"not a readable PDF ({error})"
    try:
        text = "\f".join(_pages(document))
        title = _title(document)
    except (pdfium.PdfiumError, ValueError) as error:
        return f"the PDF breaks off ({error})"
    finally:
        document.close()
    if not text.strip():
        return "the PDF has no text layer (scanned pages); run text recognition on it first"
    return Extracted(text, title=title)


def _pages(document: pdfium.PdfDocument) -> list[str]:
    """Return the text of each page, up to the limits."""
    texts: list[str] = []
    size = 0
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        layer = page.get_textpage()
        text = _clean(layer.get_text_range(errors="replace"))
        layer.close()
        page.close()
        size += len(text)
        texts.append(text)
        if size > MAX_CHARACTERS:
            break
    return texts


def _clean(text: str) -> str:
    """Write PDF's private marks as text: line ends as newlines, the marks for a hyphen at a line end as a hyphen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = text.replace("\ufffe", "-\n").replace("\x02", "-\n")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def _title(document: pdfium.PdfDocument) -> str | None:
    """Return the stated title unless a program made it up from a file name."""
    title = " ".join(str(document.get_metadata_value("Title") or "").split())
    made_up = title.lower().startswith(("microsoft word", "untitled", "slide 1")) or title.lower().endswith(
        (".doc", ".docx", ".pdf", ".indd", ".qxd", ".odt", ".tex", ".rtf")
    )
    return None if not title or made_up else title
