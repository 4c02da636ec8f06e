"""Room 3: what the text talks about. Door: `Finder(knowledge).find(document) -> Found`."""

from reportedly.mentions.find import Finder, Found
from reportedly.mentions.parser import Parser

__all__ = ["Finder", "Found", "Parser"]
