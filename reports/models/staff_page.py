"""What all pages that staff write have in common."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class StaffPage(Page):
    """What our pages share: a page is a draft or it is public, nothing between, and is published by hand."""

    private_page_options = []
    promote_panels = [MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], heading="Address")]
    settings_panels = []

    class Meta:
        abstract = True
