"""What moderators are told of the people whose story it is too: whether they agreed, never who they are."""

LABEL = "Whose story it is too"
LACKS = "Has not said yes to this version"


def rows(story):
    """Rows for the answers about safety; none where nobody was asked."""
    agreement = story.agreements.filter(version=story.version_key).first()
    found = []
    if story.needs_their_word:
        found.append((LABEL, LACKS if story.lacks_their_word else "All said yes, or agreed outside the site"))
    if agreement:
        how = agreement.get_how_display().lower()
        found.append((LABEL, f"Agreed {how}, written down on {agreement.recorded_at:%-d %B %Y}"))
    return found
