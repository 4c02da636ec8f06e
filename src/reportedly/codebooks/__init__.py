"""Code incidents as ACLED, UCDP GED, PLOVER and CAMEO would: rows in a book's own layout with the rules behind them."""

from reportedly.codebooks.book import BOOKS, Book, book_versions, load_book
from reportedly.codebooks.interpret import code, code_all, code_record
from reportedly.codebooks.rows import Cell, Coding, CodingWarning, Row

__all__ = [
    "BOOKS",
    "Book",
    "Cell",
    "Coding",
    "CodingWarning",
    "Row",
    "book_versions",
    "code",
    "code_all",
    "code_record",
    "load_book",
]
