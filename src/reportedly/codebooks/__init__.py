"""Code incidents as ACLED, UCDP GED, PLOVER and CAMEO would: rows in a book's own layout with the rules behind them."""

from reportedly.codebooks.book import BOOKS, Book, book_versions, load_book, load_books
from reportedly.codebooks.interpret import code, code_all, code_record
from reportedly.codebooks.rows import Cell, Coding, CodingWarning, Row
from reportedly.codebooks.side_by_side import SideBySide, side_by_side

__all__ = [
    "BOOKS",
    "Book",
    "Cell",
    "Coding",
    "CodingWarning",
    "Row",
    "SideBySide",
    "book_versions",
    "code",
    "code_all",
    "code_record",
    "load_book",
    "load_books",
    "side_by_side",
]
