"""Whether a document shows the patient."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. Nobody was asked about the documents that are there: they keep no answer, and their keys as they are."""
    op.add_column("document", sa.Column("shows_identity", sa.Boolean(), nullable=True))
