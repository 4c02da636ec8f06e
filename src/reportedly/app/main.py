"""The app itself: which routes there are, what guards them, and how errors become pages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from reportedly.app import routes
from reportedly.app.desk import Desk
from reportedly.app.pages import json_answer, page
from reportedly.app.security import guard
from reportedly.errors import ReportedlyError, UsageError
from reportedly.version import VERSION

API = "/api"


def create_app(desk: Desk) -> FastAPI:
    """Return the app on a case. Its description for programs is at /openapi.json."""
    app = FastAPI(
        title="reportedly desk",
        version=VERSION,
        description="Look at, check and correct the claims and incidents of one case. Writes need the run's token.",
        docs_url=None,  # their pages load scripts from foreign hosts
        redoc_url=None,
    )
    app.state.desk = desk
    app.middleware("http")(guard(desk))
    for router in routers():
        app.include_router(router)
    app.routes.append(Mount("/static", StaticFiles(packages=[("reportedly.app", "static")]), name="static"))
    app.state.paths = frozenset(getattr(route, "path", "") for router in routers() for route in router.routes)
    app.add_exception_handler(ReportedlyError, _failed)
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unfit)
    return app


def routers() -> Iterator[APIRouter]:
    """Yield the router of each module in `routes`, in the order of their names."""
    for found in sorted(pkgutil.iter_modules(routes.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{routes.__name__}.{found.name}")
        router: APIRouter = module.router
        yield router


def _failed(request: Request, error: Exception) -> Response:
    """Our own errors: what happened and what to do, as a page or as JSON."""
    assert isinstance(error, ReportedlyError)
    status = 422 if isinstance(error, UsageError) else 404 if "no " in error.message[:4] else 409
    return _answer(request, status, error.message, error.hint)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException | StarletteHTTPException)
    return _answer(request, error.status_code, str(error.detail), "")


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return _answer(request, 422, f"`{where}`: {first['msg']}", "")


def _answer(request: Request, status: int, message: str, hint: str) -> Response:
    if wants_json(request):
        return json_answer({"code": status, "message": message, "hint": hint}, status)
    return page(request, "error.html", title=f"Error {status}", status=status, message=message, hint=hint)


def wants_json(request: Request) -> bool:
    """Tell whether a program asks: by the address, or by what it accepts."""
    path = request.url.path
    return path.startswith(API) or path.endswith(".json") or "application/json" in request.headers.get("accept", "")
