"""What must still hold of the stories in a letter when it starts, in SQL: as `Story.objects.readable_by`."""

# `u` is the member's account; {story_ids} is an array of keys.
CONDITION = """
    NOT EXISTS (SELECT FROM unnest({story_ids}) wanted(id) LEFT JOIN stories_story s ON s.id = wanted.id
                 WHERE s.id IS NULL OR NOT s.live OR s.hidden_at IS NOT NULL OR s.audience NOT IN ('public', 'members'))
"""
