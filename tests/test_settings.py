"""Settings: the stronger layer wins, every mistake is named at once, nothing unknown is taken."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.settings import Settings, config_file, load_settings
from reportedly.version import VERSION


def load(folder: Path, environ: dict[str, str] | None = None, **flags: object) -> tuple[Settings, dict[str, str]]:
    """Load with an own home and folder."""
    home = {"XDG_CONFIG_HOME": str(folder / "home")}
    loaded = load_settings(flags, environ={**home, **(environ or {})}, folder=folder)
    return loaded.settings, dict(loaded.origin)


def test_layers(tmp_path: Path) -> None:
    user = config_file({"XDG_CONFIG_HOME": str(tmp_path / "home")})
    user.parent.mkdir(parents=True)
    user.write_text("share = 0.1\njobs = 1\nmax_words = 50\npatience = 3\n")
    (tmp_path / "reportedly.toml").write_text("jobs = 2\nmax_words = 60\nknowledge = ['own']\n")
    found, origin = load(tmp_path, {"REPORTEDLY_MAX_WORDS": "70", "REPORTEDLY_JOBS": "3"}, jobs=4, engine=None)
    assert (found.share, found.max_words, found.jobs, found.patience, found.knowledge) == (0.1, 70, 4, 3.0, ("own",))
    assert (origin["jobs"], origin["max_words"], origin["knowledge"]) == ("flag", "environment", "reportedly.toml")
    assert (origin["share"], origin["engine"]) == (str(user), "default")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("REPORTEDLY_JOB", "3", "did you mean `jobs`"),
        ("REPORTEDLY_ZZZ", "3", "unknown setting `zzz`"),
        ("REPORTEDLY_JOBS", "two", "must be a whole number"),
        ("REPORTEDLY_JOBS", "1.5", "must be a whole number"),
        ("REPORTEDLY_JOBS", "-1", "from 0"),
        ("REPORTEDLY_SHARE", "1.5", "from 0 to 1"),
        ("REPORTEDLY_SHARE", "nan", "from 0 to 1"),
        ("REPORTEDLY_PATIENCE", "inf", "a number"),
        ("REPORTEDLY_ENGINE", "threads", "one of local, processes"),
    ],
)
def test_mistakes_are_usage_errors(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        load(tmp_path, {name: value})


def test_all_mistakes_at_once_and_files_that_are_no_config(tmp_path: Path) -> None:
    (tmp_path / "reportedly.toml").write_text("jobs = true\nshare = 'x'\nfoo = 1\n")
    with pytest.raises(UsageError) as caught:
        load(tmp_path)
    assert all(name in str(caught.value) for name in ("jobs", "share", "foo"))
    (tmp_path / "reportedly.toml").write_text("= broken")
    with pytest.raises(UsageError, match="no valid TOML"):
        load(tmp_path)
    with pytest.raises(UsageError, match="no such config file"):
        load_settings(config=tmp_path / "none.toml", environ={})


def test_lists_and_whole_numbers_written_as_such(tmp_path: Path) -> None:
    (tmp_path / "reportedly.toml").write_text("knowledge = [1]\n")
    with pytest.raises(UsageError, match="list of folders"):
        load(tmp_path)
    (tmp_path / "reportedly.toml").write_text("patience = 2\njobs = 1.0\n")
    with pytest.raises(UsageError, match="whole number"):
        load(tmp_path)


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
