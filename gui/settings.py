"""The settings of this desk: one small JSON file in the person's own configuration folder. Never part of a study."""

import json
import os
from pathlib import Path
from typing import NamedTuple

from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.whole_files import OWNER_FOLDER, write_whole

RECENT_STUDIES = 8
"""How many studies the start page remembers."""

THEMES: dict[str, str] = {"system": "Like the computer", "light": "Light", "dark": "Dark"}
"""Theme code -> words shown."""


class Settings(NamedTuple):
    """What one desk prefers.

    `language` is how numbers and dates are written and read. `login` is who signed in here last. `recent` holds the
    folders of studies, the last one first; `last_study` is offered at the next start ("" if it was closed on purpose).
    `geometry` is the window's place, as Qt writes it, in base 64.
    """

    language: str = "en"
    theme: str = "system"
    login: str = ""
    last_study: str = ""
    recent: tuple[str, ...] = ()
    geometry: str = ""

    @property
    def desk(self) -> Desk:
        """How numbers and dates are written and read here."""
        return Desk(self.language)

    def with_study(self, path: Path) -> "Settings":
        """The same with that study as the last one opened."""
        others = [known for known in self.recent if known != str(path)]
        return self._replace(last_study=str(path), recent=(str(path), *others)[:RECENT_STUDIES])

    def without_study(self, path: str) -> "Settings":
        """The same with that study forgotten."""
        return self._replace(
            last_study="" if self.last_study == path else self.last_study,
            recent=tuple(known for known in self.recent if known != path),
        )


def config_folder() -> Path:
    """Where settings and logs are kept: `ALBATRACK_CONFIG` if set, else the person's configuration folder."""
    override = os.environ.get("ALBATRACK_CONFIG")
    if override:
        return Path(override)
    import platformdirs

    return Path(platformdirs.user_config_dir("AlbaTrack", appauthor=False))


class SettingsFile:
    """The settings with the file they are kept in."""

    def __init__(self, path: Path) -> None:
        """Read the file. What cannot be read in it takes its default, for no setting is worth a failed start."""
        self.path = path
        self._kept = _read(path)
        self.current = self._kept or Settings()

    @classmethod
    def of_desk(cls) -> "SettingsFile":
        """The settings of this person at this computer."""
        return cls(config_folder() / "settings.json")

    def change(self, **values: object) -> Settings:
        """Change some settings and write the file; returns the new settings."""
        return self.keep(self.current._replace(**values))  # type: ignore[arg-type]

    def keep(self, settings: Settings) -> Settings:
        """Write them, whole or not at all. Where the folder cannot be written they hold until the program ends.

        What the file says already is not written again: that would wait for the disk at every sign-in.
        """
        self.current = settings
        if settings == self._kept:
            return settings
        try:
            self.path.parent.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(settings._asdict(), indent=2, ensure_ascii=False).encode())
            self._kept = settings
        except (OSError, TrialError):
            self._kept = None
        return settings


def _read(path: Path) -> Settings | None:
    """What the file says; None where there is none that can be read."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(stored, dict):
        return None
    kept: dict[str, object] = {}
    for name in Settings._fields:
        value = stored.get(name)
        if name == "recent":
            if isinstance(value, list):
                kept["recent"] = tuple(path for path in value if isinstance(path, str))[:RECENT_STUDIES]
        elif isinstance(value, str):
            kept[name] = value
    if kept.get("language") not in {desk.value for desk in Desk}:
        kept.pop("language", None)
    if kept.get("theme") not in THEMES:
        kept.pop("theme", None)
    return Settings(**kept)  # type: ignore[arg-type]
