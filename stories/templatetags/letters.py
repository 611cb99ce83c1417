"""What a conversation's page shows of a story."""

from django import template

from stories.models import Story

register = template.Library()


@register.inclusion_tag("stories/_began_with.html", takes_context=True)
def began_with(context, conversation):
    """The story that a conversation with its teller began with, while this member may read it."""
    found = Story.objects.visible_to(context["user"]).filter(teller_conversations__conversation=conversation)
    return {"story": found.first()}
