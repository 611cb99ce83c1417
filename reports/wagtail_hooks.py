"""What this room adds to the Wagtail admin."""

from wagtail import hooks

from reports.viewsets import story_chooser


@hooks.register("register_admin_viewset")
def choose_stories():
    return story_chooser
