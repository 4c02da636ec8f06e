"""The desk: a local web app on one case, for people who read reports all day. Door: `create_app(desk) -> FastAPI`.

Reads a View, writes only through `review`. Every page has a JSON twin; no script or host but our own is ever asked.
"""

from reportedly.app.desk import Desk
from reportedly.app.main import create_app

__all__ = ["Desk", "create_app"]
