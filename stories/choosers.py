"""Choosing a story in Wagtail's admin: only among those that who chooses may read."""

from django.utils.translation import gettext
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import chooser as wagtail_views

from stories.models import Story


class ReadableStories:
    """Stands before every view of the chooser."""

    @property
    def columns(self):
        return [self.title_column, Column("first_published_at", label=gettext("Published"))]

    def get_object_list(self):
        return Story.objects.readable_by(self.request.user).beyond_one_group().newest_first()

    def get_object(self, pk):
        return self.get_objects([pk]).get()

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=[pk for pk in pks if pk.isdecimal()])


class ChooseView(ReadableStories, wagtail_views.ChooseView):
    pass


class ChooseResultsView(ReadableStories, wagtail_views.ChooseResultsView):
    pass


class ChosenView(ReadableStories, wagtail_views.SnippetChosenView):
    pass


class ChosenMultipleView(ReadableStories, wagtail_views.SnippetChosenMultipleView):
    pass


class StoryChooserViewSet(wagtail_views.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
