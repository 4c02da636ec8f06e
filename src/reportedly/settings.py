"""What the program is told to do differently: one frozen value, read once at the edge.

A flag goes before an environment variable `REPORTEDLY_*`, that before `./reportedly.toml`, that before the user's
config file, that before the default. Unknown keys and wrong values are errors, all of them named at once.
"""

from __future__ import annotations

import difflib
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from reportedly.errors import UsageError

PREFIX = "REPORTEDLY_"
LOCAL_FILE = "reportedly.toml"

Value = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Each has a line of help, which the reference and `config show` print."""

    engine: Literal["local", "processes"] = field(
        default="local",
        metadata={"help": "one process, or one for each core", "choices": ("local", "processes")},
    )
    jobs: int = field(default=0, metadata={"help": "processes of the engine `processes`; 0: one a core", "least": 0})
    cache: str = field(default="", metadata={"help": "folder for compiled knowledge; empty: the platform's"})
    knowledge: tuple[str, ...] = field(
        default=(), metadata={"help": "folders with own knowledge files, laid over the shipped ones"}
    )
    coding: tuple[str, ...] = field(
        default=(),
        metadata={"help": "settings of codebooks, each `BOOK.NAME=VALUE` (`books settings`)", "of": "texts"},
    )
    patience: float = field(
        default=10.0, metadata={"help": "seconds to wait while another program writes to the case", "least": 0}
    )
    share: float = field(
        default=0.15, metadata={"help": "largest share of an article that a preview shows", "least": 0, "most": 1}
    )
    max_words: int = field(default=200, metadata={"help": "largest number of words in a preview", "least": 0})
    quote_words: int = field(default=25, metadata={"help": "largest number of words in a public quote", "least": 0})
    respect: Literal["strict", "warn"] = field(
        default="strict",
        metadata={"help": "whether page marks such as nosnippet bind previews", "choices": ("strict", "warn")},
    )
    keys: tuple[str, ...] = field(
        default=(), metadata={"help": "keys of the review screen, each `ACT=KEY`, as in `accept=y`", "of": "texts"}
    )
    coder: str = field(default="", metadata={"help": "who decides in reviews; empty: the name of this account"})
    progress: Literal["auto", "plain", "none"] = field(
        default="auto",
        metadata={
            "help": "progress as a bar on a terminal, as lines, or not at all",
            "choices": ("auto", "plain", "none"),
        },
    )

    @property
    def cache_folder(self) -> Path:
        """The folder for compiled knowledge; it may not exist yet."""
        return Path(self.cache).expanduser() if self.cache else user_folder("cache")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings with the place that each value came from."""

    settings: Settings
    origin: Mapping[str, str]


def user_folder(purpose: Literal["config", "cache"], environ: Mapping[str, str] = os.environ) -> Path:
    """Return the platform's folder for our config or cache."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA" if purpose == "cache" else "APPDATA", str(home)))
    elif sys.platform == "darwin":
        base = home / "Library" / ("Caches" if purpose == "cache" else "Application Support")
    else:
        named = environ.get(f"XDG_{purpose.upper()}_HOME", "")
        base = Path(named) if named else home / f".{purpose}"
    return base / "reportedly"


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the path of the user's config file; it may not exist."""
    return user_folder("config", environ) / "config.toml"


def load_settings(
    flags: Mapping[str, object] | None = None,
    *,
    config: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    folder: Path | None = None,
) -> Loaded:
    """Read all layers. `flags` that are None were not given; `config` takes the place of the user's file."""
    layers: list[tuple[str, Mapping[str, object]]] = [
        (str(config or config_file(environ)), _file(config or config_file(environ), must_exist=config is not None)),
        (LOCAL_FILE, _file((folder or Path()) / LOCAL_FILE, must_exist=False)),
        ("environment", _environment(environ)),
        ("flag", {key: value for key, value in (flags or {}).items() if value is not None}),
    ]
    values: dict[str, Value] = {}
    origin = {item.name: "default" for item in fields(Settings)}
    problems: list[str] = []
    for where, layer in layers:
        for key, value in layer.items():
            _take(key, value, where, values, origin, problems)
    if problems:
        raise UsageError("; ".join(problems), hint="see: reportedly config show")
    return Loaded(Settings(**values), origin)  # type: ignore[arg-type]


def _take(
    key: str, value: object, where: str, values: dict[str, Value], origin: dict[str, str], problems: list[str]
) -> None:
    known = {item.name: item for item in fields(Settings)}
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        problems.append(f"{where}: unknown setting `{key}`" + (f", did you mean `{near[0]}`?" if near else ""))
        return
    try:
        values[key] = _read(value, known[key].default, known[key].metadata)  # type: ignore[arg-type]
        origin[key] = where
    except ValueError as error:
        named = f"--{key.replace('_', '-')}" if where == "flag" else f"{where}: `{key}`"
        problems.append(f"{named} {error}")


def _read(value: object, default: Value, rules: Mapping[str, object]) -> Value:
    """Return the value in the default's type, or say what was expected."""
    if isinstance(default, tuple):
        return _texts(value, rules)
    if isinstance(default, str):
        return _word(value, rules)
    return _number(value, default, rules)


def _texts(value: object, rules: Mapping[str, object]) -> tuple[str, ...]:
    """A list; as one text its parts stand between `:` (`;` on Windows) for folders, between spaces for others."""
    of = rules.get("of", "folders")
    if isinstance(value, str):
        return tuple(part for part in value.split(os.pathsep if of == "folders" else None) if part)
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise ValueError(f"must be a list of {of}, not {value!r}")


def _word(value: object, rules: Mapping[str, object]) -> str:
    choices = rules.get("choices")
    if not isinstance(value, str) or (isinstance(choices, tuple) and value not in choices):
        expected = f"one of {', '.join(choices)}" if isinstance(choices, tuple) else "text"
        raise ValueError(f"must be {expected}, not {value!r}")
    return value


def _number(value: object, default: Value, rules: Mapping[str, object]) -> int | float:
    kind = int if isinstance(default, int) else float
    wanted = "a whole number" if kind is int else "a number"
    if isinstance(value, bool) or not isinstance(value, str | kind | int):
        raise ValueError(f"must be {wanted}, not {value!r}")
    try:
        number = kind(value)
    except (ValueError, OverflowError):
        raise ValueError(f"must be {wanted}, not {value!r}") from None
    least, most = rules.get("least"), rules.get("most")
    too_small = isinstance(least, int | float) and not number >= least
    too_large = isinstance(most, int | float) and number > most
    if too_small or too_large or number == float("inf"):
        raise ValueError(
            f"must be {wanted} from {least}" + (f" to {most}" if most is not None else "") + f", not {value}"
        )
    return number


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    own = {key: value for key, value in environ.items() if key.startswith(PREFIX)}
    return {key.removeprefix(PREFIX).lower(): value for key, value in own.items()}


def _file(path: Path, *, must_exist: bool) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise UsageError("no such config file", where=str(path)) from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"is no valid TOML: {error}", where=str(path)) from None
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path)) from None
