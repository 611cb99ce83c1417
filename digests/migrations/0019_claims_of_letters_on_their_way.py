"""Letters that a worker holds keep their claim: it ends as before, and what was started is never sent again."""

from django.db import migrations

COPY = """
INSERT INTO digests_claim (name, until, server_started_at, rows)
SELECT claimed_by, coalesce(max(claimed_until), now()), coalesce(min(server_started_at), '-infinity'), array_agg(id)
FROM digests_delivery WHERE claimed_by <> '' AND state IN ('planned', 'sending') GROUP BY claimed_by
"""
COPY_BACK = """
UPDATE digests_delivery d SET claimed_until = c.until, server_started_at = c.server_started_at
FROM digests_claim c WHERE d.id = ANY(c.rows) AND d.claimed_by = c.name AND d.state IN ('planned', 'sending')
"""
# What has ended waits no more.
END = "UPDATE digests_delivery SET claimed_by = '-' WHERE claimed_by = '' AND state NOT IN ('planned', 'sending')"
END_BACK = "UPDATE digests_delivery SET claimed_by = '' WHERE state IN ('sent', 'failed', 'skipped')"


class Migration(migrations.Migration):
    dependencies = [("digests", "0018_claims")]

    operations = [migrations.RunSQL(COPY, COPY_BACK), migrations.RunSQL(END, END_BACK)]
