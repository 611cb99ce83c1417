"""Where a story of the canaries' world could be met: every surface of the site with its addresses.

surfaces(world)        {surface: [addresses]}, the same for whoever asks
met(world, actor)      {(story's name, surface)}: what this actor meets where
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from digests import when
from digests.models import Delivery, Issue
from systemschange.tests import sweep
from systemschange.tests.next_letter import next_letter, stories_in

SNIPPET = "/admin/snippets/stories/story/"
REPORTS = ("aging-pages", "locked", "page-types-usage", "site-history", "workflow", "workflow_tasks")
# What hangs on one story's address.
BESIDE = ("concern", "keep", "tried")
WRITING = ("draft", "preview", "card")
# The rows of `systemschange.matrix.STORIES`; the other stories of that world are told apart by the sweep alone.
TOLD = ("draft", "sent", "public", "members", "apart", "coalition", "hidden", "withdrawn", "held")
# There the title is what was asked, or does not stand: the story's address tells that it was met.
BY_ADDRESS = ("in the search", "in the admin's search", "in the sitemap")


def surfaces(world):
    stories = [world.stories[name] for name in TOLD]
    titles = [story.title for story in stories]
    pair = "housing--mental-health"
    return {
        "on its own page": [story.get_absolute_url() for story in stories],
        "on a page beside it": [reverse(f"stories:{name}", args=[story.slug]) for name in BESIDE for story in stories],
        "where it is written": [reverse(f"stories:{name}", args=[story.slug]) for name in WRITING for story in stories],
        "in a list": [
            "/stories/",
            "/stories/wants-help/",
            "/crossings/",
            f"/crossings/{pair}/",
            "/places/salford/",
            "/places/north-west/",
            "/practices/rule-or-habit/",
        ],
        "on the front page": ["/"],
        "in the search": [f"/stories/?{urlencode({'q': title})}" for title in titles],
        "in what is theirs": ["/stories/mine/", "/stories/added/", "/stories/kept/", "/stories/following/"],
        "in a feed": ["/stories/feed/", f"/crossings/{pair}/feed/", "/places/salford/feed/"],
        "in the sitemap": ["/sitemap.xml", "/sitemap-pages.xml", "/sitemap-stories-1.xml"],
        "in a report": ["/reports/", "/reports/what-we-heard/"],
        "in the last letter": [reverse("digests:archived", args=[when.week_of(a_month_ago().date())])],
        "in an export": ["/admin/moderation/table/csv/", "/admin/moderation/table/xlsx/"],
        **admin(stories),
    }


def admin(stories):
    """Wagtail's admin, each way in which it shows a snippet, and our pages in it."""
    moderation = "/admin/moderation/"
    keys = [story.pk for story in stories]
    found = {
        "in the queue": [moderation, SNIPPET, "/admin/"],
        "among the published": [f"{moderation}published/", f"{moderation}featured/"],
        "among the concerns": [f"{moderation}concerns/", f"{moderation}contributions/"],
        "on the review page": [f"{moderation}{story.slug}/" for story in stories],
        "in a chooser": [
            "/admin/report_stories/",
            "/admin/report_stories/results/",
            "/admin/snippets/choose/stories/story/",
            "/admin/snippets/choose/stories/story/results/",
            *(f"/admin/report_stories/chosen/{story.slug}/" for story in stories),
            *(f"/admin/snippets/choose/stories/story/chosen/{key}/" for key in keys),
        ],
        "in the admin's reports": [
            *(f"/admin/reports/{name}/" for name in REPORTS),
            "/admin/reports/site-history/?export=csv",
        ],
        "in the admin's search": [f"/admin/pages/search/?{urlencode({'q': story.title})}" for story in stories],
        "in the admin's API": ["/admin/api/main/pages/", "/admin/api/main/images/"],
    }
    ways = ("edit", "history", "usage", "delete", "copy", "preview", "workflow_history")
    found["in a view of Wagtail's"] = [f"{SNIPPET}{way}/{key}/" for way in ways for key in keys]
    found["in a version"] = [f"{SNIPPET}history/{key}/revisions/{version}/view/" for key, version in versions(keys)]
    found["in a comparison"] = [
        f"{SNIPPET}history/{key}/revisions/compare/live...{version}/" for key, version in versions(keys)
    ]
    found["in a workflow's view"] = [
        *(f"{SNIPPET}workflow_history/{key}/detail/{state}/" for key, state in states(WorkflowState, keys)),
        *(f"{SNIPPET}workflow/preview/{key}/{task}/" for key, task in tasks(keys)),
    ]
    return found


def versions(keys):
    return [(one.object_id, one.pk) for one in of_stories(Revision, keys)]


def states(model, keys):
    return [(one.object_id, one.pk) for one in of_stories(model, keys)]


def tasks(keys):
    found = TaskState.objects.filter(workflow_state__base_content_type__model="story").select_related("workflow_state")
    return [(one.workflow_state.object_id, one.task_id) for one in found]


def of_stories(model, keys):
    return model.objects.filter(base_content_type__model="story", object_id__in=[str(key) for key in keys])


def a_month_ago():
    return timezone.now() - timedelta(days=30)


def send_everything(world):
    """An old letter in which every story stood, to everybody: what they may still read is asked when it is opened."""
    then = a_month_ago()
    gone = {"state": Issue.State.DONE, "began_at": then, "done_at": then}
    issue = Issue.objects.create(week=when.week_of(then.date()), **gone)
    keys = [story.pk for story in world.stories.values()]
    held = {"items": [{"kind": "story", "id": key, "why": ""} for key in keys], "story_ids": keys}
    for person in world.people.values():
        moments = {"due_at": then, "planned_at": then, "finished_at": then}
        Delivery.objects.create(issue=issue, member=person, state=Delivery.State.SENT, **held, **moments)


def met(world, actor):
    """Nobody but staff is asked behind the door of /admin/: `test_access` shows that it is shut."""
    client, person = world.clients[actor], world.people.get(actor)
    staff = person is not None and person.is_staff
    found = set(of_each(world, client))
    for surface, asked in surfaces(world).items():
        if staff or not asked[0].startswith("/admin/"):
            said = "\n".join(text for _, text in sweep.answers(client, asked))
            found |= {(name, surface) for name in TOLD if mark(world.stories[name], surface) in said}
    return found


def of_each(world, client):
    """What is told by an answer of its own: the head of the page, and pictures."""
    for name in TOLD:
        story = world.stories[name]
        if f'og:title" content="{story.title}"' in sweep.said(client.get(story.get_absolute_url())):
            yield name, "in its meta tags"
        if client.get(reverse("stories:picture", args=[story.slug])).status_code == 200:
            yield name, "as a picture to share"
        addresses = [reverse("stories:photo", args=[story.slug, one.photo.name]) for one in photos(story)]
        if any(client.get(address).status_code == 200 for address in addresses):
            yield name, "as a photo"


def photos(story):
    return story.photos.select_related("photo")


def mark(story, surface):
    return f"/{story.slug}/" if surface in BY_ADDRESS else story.title


def met_by_mail(world, actor):
    """What the next letter would bring; asked before anything is opened."""
    person = world.people.get(actor)
    if person is None or not person.is_member:
        return set()
    chosen = stories_in(next_letter(person))
    return {(name, "in the next letter") for name in TOLD if world.stories[name].pk in chosen}
