"""Where the data files that the program ships with are found."""

from pathlib import Path

RESOURCES: Path = Path(__file__).resolve().parents[2] / "resources"
