"""What somebody does who has the key and knows the triggers: the audit trail changed behind the program."""

from pathlib import Path

from models.persistence.engine import connect
from models.persistence.keys.sign_in import unlock
from models.persistence.layout import DATABASE
from tests.backup_fixtures import COORDINATOR, START
from tests.study_fixtures import PASSWORD


def forge(study: Path, *changes: str) -> None:
    """Change rows of the trail, each as what follows UPDATE audit SET, and put the triggers back."""
    connection = connect(study / DATABASE, unlock(study, COORDINATOR, PASSWORD, START).keys)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for change in changes:
        connection.execute(f"UPDATE audit SET {change}")
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
