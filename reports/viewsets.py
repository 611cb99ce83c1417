"""What staff choose from while they write a report."""

from django.contrib.admin.utils import quote
from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from stories.models import Story


def choosable(user):
    return Story.objects.readable_by(user).beyond_one_group()


class Choosing:
    """Only what the person who chooses may read: Wagtail itself would hand out any story."""

    def get_object_list(self):
        return choosable(self.request.user).for_listing()

    def apply_object_list_ordering(self, stories):
        return stories.newest_first()

    @property
    def columns(self):
        title = TitleColumn(
            "title",
            label="Title",
            get_url=lambda story: reverse(self.chosen_url_name, args=[quote(story.slug)]),
            link_attrs={"data-chooser-modal-choice": True},
        )
        return [
            title,
            Column("teller", label="Told by"),
            Column("audience", label="Who can read it?", accessor="get_audience_display"),
        ]

    def can_create(self):
        return False


class ChooseStory(Choosing, chooser.ChooseView):
    pass


class ChooseStoryResults(Choosing, chooser.ChooseResultsView):
    pass


class ChosenStory(chooser.ChosenView):
    def get_object(self, slug):
        return choosable(self.request.user).get(slug=slug)

    def get_object_id(self, story):
        return story.slug

    def get_edit_item_url(self, story):
        return None


class StoryChooserViewSet(ChooserViewSet):
    """Published stories by title and teller. There is nothing to create here and nothing to choose by the dozen."""

    model = Story
    icon = "openquote"
    page_title = "Choose a story"
    per_page = 20
    choose_view_class = ChooseStory
    choose_results_view_class = ChooseStoryResults
    chosen_view_class = ChosenStory
    register_widget = False

    def get_urlpatterns(self):
        return [url for url in super().get_urlpatterns() if url.name in {"choose", "choose_results", "chosen"}]


story_chooser = StoryChooserViewSet("report_stories")
