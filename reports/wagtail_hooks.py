"""What this room adds to the Wagtail admin."""

from django.http import Http404
from django.urls import path, reverse_lazy
from django.utils.translation import gettext
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from practices.permissions import WordPolicy
from reports import desk
from reports.models import CommissionersQuestion
from reports.pictures import writes_pages
from reports.question_viewsets import CommissionersQuestionViewSet
from reports.staff import letters, packs, picking
from reports.viewsets import story_chooser, words_chooser

# What was asked in public stays: nobody deletes it, superusers included.
register_permission_policy(CommissionersQuestion, WordPolicy(CommissionersQuestion))
register_snippet(CommissionersQuestionViewSet)


@hooks.register("register_admin_viewset")
def choose_stories():
    return story_chooser


@hooks.register("register_admin_viewset")
def choose_words():
    return words_chooser


@hooks.register("register_admin_urls")
def desk_urls():
    return [
        path("story-words/", picking.picked, name="report_words_picked"),
        path("evidence/", packs.packs, name="evidence_packs"),
        path("evidence/<slug:key>/draft/", packs.draft_report, name="evidence_pack_draft"),
        path("evidence/<slug:key>/take-back/", packs.take_back, name="evidence_pack_take_back"),
        path("report-letters/", letters.letters, name="report_letters"),
        path("report-letters/<int:key>/answered/", letters.answered, name="report_letters_answered"),
        path("story-words/<slug:slug>/", picking.pick, name="report_words_pick"),
        path("reports/to-mend/", desk.to_mend, name="reports_to_mend"),
        path("guide/", desk.guide, name="editors_guide"),
    ]


@hooks.register("construct_homepage_panels")
def pages_in_hand(request, panels):
    if writes_pages(request.user):
        panels.append(desk.PagesInHand())


class ForWriters(MenuItem):
    """Shown to those who write pages."""

    def is_shown(self, request):
        return writes_pages(request.user)


@hooks.register("register_admin_menu_item")
def words_entry():
    return ForWriters(
        gettext("Words of stories"), reverse_lazy("report_words_picked"), icon_name="openquote", order=210
    )


@hooks.register("register_admin_menu_item")
def packs_entry():
    return ForWriters(gettext("Evidence packs"), reverse_lazy("evidence_packs"), icon_name="clipboard-list", order=215)


@hooks.register("register_reports_menu_item")
def to_mend_entry():
    return ForWriters(
        gettext("Links and pictures to mend"), reverse_lazy("reports_to_mend"), icon_name="link", order=100
    )


@hooks.register("register_admin_menu_item")
def guide_entry():
    return MenuItem(
        gettext("Editors’ guide"), reverse_lazy("editors_guide"), name="guide", icon_name="help", order=9000
    )


@hooks.register("register_admin_menu_item")
def letters_entry():
    return ForWriters(gettext("Letters to reports"), reverse_lazy("report_letters"), icon_name="mail", order=220)


def not_here(request, *args, **kwargs):
    raise Http404


# Before Wagtail's own: its page for many pictures keeps each file as it came until its words are given.
@hooks.register("register_admin_urls", order=-1)
def one_picture_at_a_time():
    return [
        path("images/multiple/add/", RedirectView.as_view(pattern_name="wagtailimages:add")),
        path("images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/", not_here),
    ]


def without_address(fields):
    return [name for name in fields if name != "download_url"]


class PicturesAPIViewSet(ImagesAdminAPIViewSet):
    """Without the address of the file itself, which has none: Wagtail's own answer would break over it."""

    meta_fields = without_address(ImagesAdminAPIViewSet.meta_fields)
    listing_default_fields = without_address(ImagesAdminAPIViewSet.listing_default_fields)
    nested_default_fields = without_address(ImagesAdminAPIViewSet.nested_default_fields)


# After Wagtail's own, whose place it takes.
@hooks.register("construct_admin_api", order=1)
def pictures_without_their_files(router):
    router.register_endpoint("images", PicturesAPIViewSet)
