"""Questions from commissioners in Wagtail's admin: editors write them, and enter what the asker replied."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import chooser as choosing
from wagtail.snippets.views.snippets import SnippetViewSet

from practices.viewsets import CLOSED, WordIndexView
from reports.models.commissioning import CommissionersQuestion, Standing


class QuestionForm(WagtailAdminModelForm):
    """The address is made from the question and stays: links to it are out in the world."""

    def clean(self):
        said = super().clean()
        opens, closes, due = (said.get(name) for name in ("opens_date", "closes_date", "reply_due_date"))
        if opens and closes and opens > closes:
            self.add_error("closes_date", gettext("Choose a day on or after the one from which it is shown"))
        if closes and due and due <= closes:
            self.add_error("reply_due_date", gettext("Choose a day after the last one for answers"))
        if bool(said.get("heard")) != bool(said.get("will_do")):
            empty = "will_do" if said.get("heard") else "heard"
            self.add_error(empty, gettext("Say both: what they heard, and what they will do"))
        return said

    def clean_question(self):
        question = self.cleaned_data["question"]
        if self.instance.pk:
            return question
        slug = slugify(question)[:80].strip("-")
        if not slug:
            raise ValidationError(gettext("Enter a question with letters in it"))
        if CommissionersQuestion.objects.filter(slug=slug).exists():
            raise ValidationError(
                gettext("There is one with almost these words already: its address would be the same")
            )
        self.instance.slug = slug
        return question

    def save(self, commit=True):
        """The day of the reply is the one on which it was first entered."""
        replied = self.instance.replied_date or timezone.localdate()
        self.instance.replied_date = replied if self.instance.heard else None
        return super().save(commit=commit)


class ReadableQuestions:
    """Stands before every view of the chooser: Wagtail itself would show what is not shown to anybody yet."""

    def get_object_list(self):
        return CommissionersQuestion.objects.visible_to(self.request.user, today=timezone.localdate())

    def get_object(self, pk):
        return self.get_objects([pk]).get()

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=[pk for pk in pks if pk.isdecimal()])


class ChooseView(ReadableQuestions, choosing.ChooseView):
    pass


class ChooseResultsView(ReadableQuestions, choosing.ChooseResultsView):
    pass


class ChosenView(ReadableQuestions, choosing.SnippetChosenView):
    pass


class ChosenMultipleView(ReadableQuestions, choosing.SnippetChosenMultipleView):
    pass


class QuestionChooserViewSet(choosing.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


class CommissionersQuestionViewSet(SnippetViewSet):
    chooser_viewset_class = QuestionChooserViewSet
    model = CommissionersQuestion
    icon = "help"
    menu_label = _("Questions asked")
    menu_order = 310
    add_to_admin_menu = True
    index_view_class = WordIndexView
    copy_view_enabled = False
    search_fields = ["question", "organisation"]
    list_display = [
        "question",
        "organisation",
        "closes_date",
        Column("standing", label="Where it stands", accessor=lambda question: Standing(question.standing).label),
    ]
    list_per_page = 50

    def get_queryset(self, request):
        today = timezone.localdate()
        return CommissionersQuestion.objects.visible_to(request.user, today=today).with_standing(today)

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"delete_url_name": None, "usage_url_name": None, **kwargs})

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in CLOSED]

    def get_edit_handler(self):
        panels = [
            MultiFieldPanel([FieldPanel("question"), FieldPanel("why")], heading=_("What is asked")),
            MultiFieldPanel([FieldPanel("organisation"), FieldPanel("role")], heading=_("Who asks")),
            FieldRowPanel(
                [FieldPanel("opens_date"), FieldPanel("closes_date"), FieldPanel("reply_due_date")],
                heading=_("When"),
            ),
            MultiFieldPanel([FieldPanel("heard"), FieldPanel("will_do")], heading=_("Their reply")),
        ]
        return ObjectList(panels, base_form_class=QuestionForm).bind_to_model(self.model)
