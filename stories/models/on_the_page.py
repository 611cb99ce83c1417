"""What hangs on a story and is shown on its page: it comes along with the story, at no query of its own.

Each entry is one annotation of the query that finds the story: `rows` for a list, `Exists` for a yes or no. Ask the
model by its name here: the models stand on this file.
"""

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

MOST_REPORTS = 3


def on_the_page(reader):
    """The annotations, by the name under which the story carries them. `reader` may be signed out."""
    # Imported here: what others added stands on the story, and the story on this file.
    from stories.models.heard import rows_for_page

    return {"practice_rows": practices(), "photo_rows": photos(), "report_rows": reports(), **rows_for_page(reader)}


def rows(found, *fields, **named):
    """These rows as a list of dicts, in their order: [{"name": ..., "slug": ...}]. Cap what a reader can grow."""
    return ArraySubquery(found.values(json=JSONObject(**{field: field for field in fields}, **named)))


def practices():
    used = apps.get_model("practices.Practice").objects.filter(stories=OuterRef("pk"))
    return rows(used, "name", "slug")


def photos():
    approved = apps.get_model("stories.StoryPhoto").objects.filter(story=OuterRef("pk")).approved().in_safe_stories()
    return rows(
        approved.order_by("position"), words="alt", name="photo__name", width="photo__width", height="photo__height"
    )


def reports():
    """The newest live reports in which the story stands, or words of it with their teller's yes; by the keys that
    reports put on stories from their own floor."""
    evidence = apps.get_model("stories.Story")._meta.get_field("report_evidence").related_model.objects
    pages = evidence.model._meta.get_field("report").related_model.objects.live()
    shown = pages.filter(pk__in=evidence.shown().filter(story=OuterRef(OuterRef("pk"))).values("report"))
    return rows(shown.order_by("-first_published_at")[:MOST_REPORTS], "title", "slug")
