from django.db import migrations

# When a story was published, among the codes by which it is found (`stories.search.windows`), for the rows that are
# there already; the words of each are due to be made again, which the next `reindex` does.
MILLISECOND = 10**6
WINDOWS = ", ".join(
    f"{8 << 24 | place << 20} | (pub_no / {MILLISECOND} >> {length})::int"
    for place, length in enumerate((28, 30, 32, 34, 36))
)
ADD = f"UPDATE stories_listing SET codes = codes || ARRAY[{WINDOWS}], made_from = ''"  # noqa: S608 (numbers of ours)


class Migration(migrations.Migration):
    dependencies = [("stories", "0024_contributions_waiting")]

    operations = [migrations.RunSQL(ADD, migrations.RunSQL.noop)]
