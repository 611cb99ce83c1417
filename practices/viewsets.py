"""The shared words in Wagtail's admin."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from practices import words
from practices.forms import WordForm
from practices.models import Boundary, Place, Practice, Role

# "usage" would list every profile and draft that carries a word, whoever asks.
CLOSED = {"copy", "delete", "usage"}


class WordIndexView(IndexView):
    """Without the boxes for bulk actions: the only one there is would delete."""

    @property
    def columns(self):
        return super().columns[1:]


class WordViewSet(SnippetViewSet):
    index_view_class = WordIndexView
    copy_view_enabled = False
    search_fields = ["name"]
    list_per_page = 50
    panels_of = ()

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"delete_url_name": None, "usage_url_name": None, **kwargs})

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in CLOSED]

    def get_edit_handler(self):
        panels = [FieldPanel(name) for name in self.panels_of]
        return ObjectList(panels, base_form_class=WordForm).bind_to_model(self.model)


# --- Boundaries -------------------------------------------------------------------------------------------------------


class RetireView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, View):
    """Says what retiring means, and does it."""

    model = Boundary
    permission_required = "change"
    template_name = "practices/admin/retire.html"
    header_icon = "tag"
    page_title = _("Retire")
    done = _("“{}” is retired.")

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        boundaries = {"url": Boundary.snippet_viewset.list_address(), "label": gettext("Boundaries")}
        return [
            *self.breadcrumbs_items,
            boundaries,
            {"url": "", "label": self.page_title, "sublabel": str(self.object)},
        ]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(boundary=self.object, view=self))

    def post(self, request, *args, **kwargs):
        self.act()
        messages.success(request, self.done.format(self.object))
        return redirect(Boundary.snippet_viewset.list_address())

    def act(self):
        self.object.retire(by=self.request.user, now=timezone.now())


class BringBackView(RetireView):
    page_title = _("Bring back")
    template_name = "practices/admin/bring_back.html"
    done = _("“{}” is back.")

    def act(self):
        self.object.bring_back(by=self.request.user)


def retirement_of(boundary):
    """The address and the name of the one thing that can be done about it now."""
    verb, text = ("bring_back", gettext("Bring back")) if boundary.retired_at else ("retire", gettext("Retire"))
    return reverse(Boundary.snippet_viewset.get_url_name(verb), args=[boundary.pk]), text


class BoundaryIndexView(WordIndexView):
    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            url, text = retirement_of(instance)
            buttons.append(MenuItem(text, url, icon_name="history", priority=40))
        return buttons


class BoundaryEditView(EditView):
    @property
    def header_more_buttons(self):
        url, text = retirement_of(self.object)
        return [*super().header_more_buttons, Button(text, url, icon_name="history", priority=40)]


class BoundaryViewSet(WordViewSet):
    model = Boundary
    icon = "tag"
    index_view_class = BoundaryIndexView
    edit_view_class = BoundaryEditView
    panels_of = ("name", "family", "sensitive")
    list_display = [
        "name",
        "family",
        Column("sensitive", accessor=lambda boundary: gettext("Yes") if boundary.sensitive else ""),
        "retired_at",
    ]
    list_filter = ["family", "sensitive"]

    def list_address(self):
        return reverse(self.get_url_name("list"))

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("retire/<int:pk>/", self.construct_view(RetireView), name="retire"),
            path("bring-back/<int:pk>/", self.construct_view(BringBackView), name="bring_back"),
        ]


# --- Places, practices, roles -----------------------------------------------------------------------------------------


class PlaceViewSet(WordViewSet):
    model = Place
    icon = "globe"
    panels_of = ("name", "latitude", "longitude")
    list_display = ["name", "kind", "parent", "code"]
    list_filter = ["kind", "parent"]

    def get_queryset(self, request):
        return Place.objects.select_related("parent")


class PracticeViewSet(WordViewSet):
    model = Practice
    icon = "clipboard-list"
    panels_of = ("name", "stage", "one_line", *words.LONG_TEXTS, "position")
    list_display = ["name", "stage", "position"]
    list_filter = ["stage"]


class RoleViewSet(WordViewSet):
    model = Role
    icon = "user"
    panels_of = ("name",)


class SharedWords(SnippetViewSetGroup):
    items = (BoundaryViewSet, PlaceViewSet, PracticeViewSet, RoleViewSet)
    menu_label = _("Shared words")
    menu_icon = "tag"
    menu_order = 300
