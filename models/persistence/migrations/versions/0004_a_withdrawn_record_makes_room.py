"""A record of which a patient has one at most may be entered again once it was withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply: only what stands is counted. No row changes; a withdrawn one keeps its place in the study."""
    for kind in ("death", "disease", "identity"):
        op.drop_index(f"uq_{kind}_once", table_name=kind)
        standing = sa.text("voided IS NULL")
        op.create_index(f"uq_{kind}_once", kind, ["patient_id"], unique=True, sqlite_where=standing)
