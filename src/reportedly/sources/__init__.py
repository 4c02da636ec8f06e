"""Room 1, sources: where reports come from.

Door: `read(spec)`, an iterator of captures and rejections in a stable order. It reads files, folders and
standard input; it does not decode, extract or judge text.
"""

from reportedly.sources.files import read

__all__ = ["read"]
