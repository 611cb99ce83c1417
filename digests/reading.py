"""A letter on the web: what of it its reader may still read."""

from stories.models import Story


def items_for(delivery, user):
    stories = Story.objects.readable_by(user).for_listing().in_bulk(delivery.story_ids)
    return [{"kind": "story", "story": stories[key]} for key in delivery.story_ids if key in stories]
