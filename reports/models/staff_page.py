"""What all pages that staff write have in common."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page, PageViewRestriction, Site

from design import near


class StaffPage(Page):
    """What our pages share: a page is a draft or it is public, nothing between, and is published by hand."""

    private_page_options = []
    promote_panels = [MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], heading=_("Address"))]
    settings_panels = []

    class Meta:
        abstract = True

    def get_view_restrictions(self):
        """There are none to ask for: nobody can put one on (`private_page_options`)."""
        return PageViewRestriction.objects.none()

    def get_full_url(self, request=None):
        """At the address that the settings give; Wagtail's own record of its site is no second place to write it in."""
        address = self.get_url(request)
        return address and urljoin(settings.SITE_URL, address)

    full_url = property(get_full_url)

    def _get_site_root_paths(self, cache_object=None, **kwargs):
        """Where the tree of pages begins: known for a moment, for each link to a page asks."""
        return near.for_a_moment("site root paths", Site.get_site_root_paths)


class ScheduledPage(StaffPage):
    """One that may also be published, or go, on a day that was chosen before (`reports.tasks.publish_planned`)."""

    settings_panels = [PublishingPanel()]

    class Meta:
        abstract = True
