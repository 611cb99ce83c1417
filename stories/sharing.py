"""How a published story travels: its address, how to cite it, and the words of a mail that passes it on."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from design.written import tame
from stories import share_picture
from stories.linked_data import of_story
from stories.models import Story


@dataclass(frozen=True)
class Sharing:
    """Holds what readers of the story see, and nothing else; no other site is asked or told."""

    story: Story

    @cached_property
    def address(self):
        return settings.SITE_URL + self.story.get_absolute_url()

    @cached_property
    def citation(self):
        """ "Housing officer, North West (2025). The form that asked less. Systems Change. https://..." """
        title = tame(self.story.title).rstrip(".")
        return f"{tame(self.story.byline_parts[0])} ({self.year}). {title}. {settings.SITE_NAME}. {self.address}"

    @property
    def year(self):
        return timezone.localtime(self.story.first_published_at).year

    @property
    def mail(self):
        """A new mail in the reader's own program, to nobody yet. Only a public story's title may stand in it."""
        what = tame(self.story.title) if self.story.is_public else gettext("A story of change")
        words = {"subject": what, "body": f"{what}\n{self.address}\n"}
        return "mailto:?" + urlencode(words, quote_via=quote)

    @property
    def facts(self):
        """For machines, if its teller lets it travel."""
        return of_story(self.story)

    @property
    def picture(self):
        """Its address changes with what it shows, for sites that keep a copy by address."""
        path = reverse("stories:picture", args=[self.story.slug])
        return f"{settings.SITE_URL}{path}?{share_picture.fingerprint(self.story)[:8]}"
