"""Write the next migration after a change to the record's declarations: `python packaging/new_migration.py MESSAGE`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.persistence.migrate import new_migration

if __name__ == "__main__":
    new_migration(" ".join(sys.argv[1:]))
