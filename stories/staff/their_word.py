"""What moderators are told of the people whose story it is too: whether they agreed, never who they are."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LABEL = _("Whose story it is too")
LACKS = _("Has not said yes to this version")


def rows(story):
    """Rows for the answers about safety; none where nobody was asked."""
    agreement = story.agreements.filter(version=story.version_key).first()
    found = []
    if story.needs_their_word:
        found.append((LABEL, LACKS if story.lacks_their_word else gettext("All said yes, or agreed outside the site")))
    if agreement:
        how = agreement.get_how_display().lower()
        found.append(
            (
                LABEL,
                gettext("Agreed %(how)s, written down on %(recorded_at)s")
                % {"how": how, "recorded_at": f"{agreement.recorded_at:%-d %B %Y}"},
            )
        )
    return found
