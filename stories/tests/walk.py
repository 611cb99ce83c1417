"""Every address of the admin that could tell a story, and stories that it may not tell."""

from itertools import product

from django.urls import reverse
from wagtail.admin.urls import reports as report_urls
from wagtail.admin.urls import workflows as workflow_urls
from wagtail.models import Task, TaskState, Workflow

from members.models import User
from stories import actions
from stories.models import Story
from stories.tests.desk import fresh, now
from stories.tests.factories import StoryFactory, edit_of

SNIPPET = "wagtailsnippets_stories_story"
CHOOSER = "wagtailsnippetchoosers_stories_story"


def secret_stories():
    """Stories in every state that moderators may not read: each title, or that of the unsent edit, holds a canary."""
    told_back = StoryFactory(sent=True, title="canary taken back")
    actions.take_back(told_back, by=told_back.author, now=now())
    asked = StoryFactory(asked=True, title="canary asked for changes")
    edit_of(asked, title="canary rewritten")
    edited = StoryFactory(live=True, title="A published title")
    edit_of(edited, title="canary unsent edit")
    return [
        StoryFactory(title="canary draft"),
        told_back,
        asked,
        edited,
        StoryFactory(withdrawn=True, title="canary withdrawn"),
        StoryFactory(hidden=True, title="canary hidden"),
        StoryFactory(live=True, title="canary of a coalition", audience="coalition"),
    ]


def addresses_of(story):
    """Every address that Wagtail has for this snippet, filled in with the story's newest version and its tasks."""
    versions = [fresh(story).latest_revision_id]
    tasks = TaskState.objects.for_instance(story)
    fill = {
        "pk": [story.pk],
        "revision_id": versions,
        "revision_id_a": ["live", "earliest", *versions],
        "revision_id_b": ["latest", *versions],
        "action_name": ["approve", "reject"],
        "task_state_id": list(tasks.values_list("pk", flat=True)) or [1],
        "task_id": list(Task.objects.filter(name="Moderation").values_list("pk", flat=True)),
        "workflow_state_id": list(tasks.values_list("workflow_state", flat=True)) or [1],
    }
    for pattern in Story.snippet_viewset.get_urlpatterns():
        names = sorted(pattern.pattern.regex.groupindex or pattern.pattern.converters)
        for values in product(*(fill[name] for name in names)):
            yield reverse(f"{SNIPPET}:{pattern.name}", kwargs=dict(zip(names, values, strict=True)))
    yield reverse(f"{CHOOSER}:chosen", args=[story.pk])
    yield reverse("wagtailadmin_editing_sessions:ping", args=["stories", "story", story.pk, 1])
    yield reverse("stories_staff:review", args=[story.slug])
    for verb in [
        "approve",
        "ask",
        "read_first",
        "hand_on",
        "mark_read",
        "look_up",
        "redact",
        "suggest",
        "end_trust",
        "trust_again",
        "ask_for_changes",
        "take_down",
    ]:
        yield reverse(f"stories_staff:{verb}", args=[story.slug])
    for action in ["approve", "delete"]:
        yield reverse("wagtail_bulk_action", args=["stories", "story", action]) + f"?id={story.pk}"


def addresses_of_workflows():
    workflow, task = Workflow.objects.get(name="Moderation"), Task.objects.get(name="Moderation")
    fill = {"page_pk": 1, "workflow_pk": workflow.pk, "task_id": task.pk}
    fill |= {"app_label": "stories", "model_name": "moderation"}
    for pattern in [*workflow_urls.urlpatterns, *report_urls.urlpatterns]:
        namespace = "workflows" if pattern in workflow_urls.urlpatterns else "reports"
        key = {"pk": task.pk if "task" in pattern.name else workflow.pk}
        names = pattern.pattern.converters
        yield reverse(f"wagtailadmin_{namespace}:{pattern.name}", kwargs={name: (fill | key)[name] for name in names})


def addresses_of_all():
    """Every page of the admin that lists objects of any kind."""
    yield from addresses_of_workflows()
    for name in ["wagtailadmin_home", "wagtailsnippets:index", f"{CHOOSER}:choose", f"{CHOOSER}:choose_results"]:
        yield reverse(name)
    keys = Story.objects.values_list("pk", flat=True)
    yield reverse(f"{CHOOSER}:chosen_multiple") + "?" + "&".join(f"id={key}" for key in keys)
    for name in ["stories_staff:queue", "stories_staff:published", "stories_staff:duty", "stories_staff:look_ups"]:
        yield reverse(name)
    for report in ["site_history", "workflow", "workflow_tasks"]:
        yield reverse(f"wagtailadmin_reports:{report}") + "?export=csv"
    for author, name in product(User.objects.filter(stories__isnull=False), ["usage", "history", "edit"]):
        yield reverse(f"wagtailusers_users:{name}", args=[author.pk])
    for action in ["approve", "delete"]:
        yield reverse("wagtail_bulk_action", args=["stories", "story", action]) + "?id=all"


def shown(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(answer.headers)


def leaks(client, addresses, *methods):
    asked = [(method, address) for address in addresses for method in methods]
    return [request for request in asked if "canary" in shown(client.generic(*request))]
