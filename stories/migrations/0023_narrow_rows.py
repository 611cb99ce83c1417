from django.db import migrations

# The words of a whole story go beside the row, so that a page of rows holds twenty of them instead of four: a walk from
# the newest reads the few things it asks for. Title and summary stay: the best match is found without leaving the row.
NARROW = """
    ALTER TABLE stories_listing SET (toast_tuple_target = 512);
    ALTER TABLE stories_listing ALTER COLUMN head SET STORAGE MAIN, ALTER COLUMN codes SET STORAGE MAIN;
"""
AS_BEFORE = """
    ALTER TABLE stories_listing RESET (toast_tuple_target);
    ALTER TABLE stories_listing ALTER COLUMN head SET STORAGE EXTENDED, ALTER COLUMN codes SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0022_features")]

    operations = [migrations.RunSQL(NARROW, AS_BEFORE)]
