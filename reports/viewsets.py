"""What staff choose from while they write a report."""

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from stories.models import Quotation, Story


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
            label=gettext("Title"),
            get_url=lambda story: reverse(self.chosen_url_name, args=[quote(story.slug)]),
            link_attrs={"data-chooser-modal-choice": True},
        )
        return [
            title,
            Column("teller", label=gettext("Told by")),
            Column("audience", label=gettext("Who can read it?"), accessor="get_audience_display"),
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
    page_title = _("Choose a story")
    per_page = 20
    choose_view_class = ChooseStory
    choose_results_view_class = ChooseStoryResults
    chosen_view_class = ChosenStory
    register_widget = False

    def get_urlpatterns(self):
        return [url for url in super().get_urlpatterns() if url.name in {"choose", "choose_results", "chosen"}]


story_chooser = StoryChooserViewSet("report_stories")


def choosable_words(user):
    """Picked words of stories that whoever chooses may read; the standing of each is shown beside it."""
    return Quotation.objects.filter(story__in=choosable(user)).select_related("story")


class ChoosingWords(Choosing):
    def get_object_list(self):
        return choosable_words(self.request.user)

    def apply_object_list_ordering(self, quotations):
        return quotations.newest_first()

    @property
    def columns(self):
        words = TitleColumn(
            "words",
            label=gettext("Words"),
            get_url=lambda quotation: reverse(self.chosen_url_name, args=[quote(quotation.key)]),
            link_attrs={"data-chooser-modal-choice": True},
        )
        return [words, Column("story", label=gettext("Story")), Column("standing", label=gettext("May it be shown?"))]


class ChooseWords(ChoosingWords, chooser.ChooseView):
    pass


class ChooseWordsResults(ChoosingWords, chooser.ChooseResultsView):
    pass


class ChosenWords(chooser.ChosenView):
    def get_object(self, key):
        return choosable_words(self.request.user).get(key=key)

    def get_object_id(self, quotation):
        return quotation.key

    def get_edit_item_url(self, quotation):
        return None


class WordsChooserViewSet(StoryChooserViewSet):
    """Words that were picked from stories (`reports/staff/picking.py`), newest first."""

    model = Quotation
    page_title = _("Choose words of a story")
    choose_view_class = ChooseWords
    choose_results_view_class = ChooseWordsResults
    chosen_view_class = ChosenWords


words_chooser = WordsChooserViewSet("report_words")
