from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector, SearchVectorField
from django.db import migrations, models

SEARCHED = CombinedSearchVector(
    SearchVector("name", config="english", weight="A"),
    "||",
    SearchVector("one_line", "what", "when_it_helps", "first_step", "caution", config="english", weight="B"),
    SearchConfig("english"),
)


class Migration(migrations.Migration):
    dependencies = [("practices", "0009_starters_in_use")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="searched",
            field=models.GeneratedField(db_persist=True, expression=SEARCHED, output_field=SearchVectorField()),
        ),
    ]
