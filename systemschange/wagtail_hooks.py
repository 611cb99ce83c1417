"""What Wagtail's admin needs from the whole site."""

from django.http import Http404
from django.urls import path
from django.utils.encoding import force_str
from wagtail import hooks
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from members.sheets import guarded


class NoDocuments:
    """Every page of the admin names the address of a list of documents. We take none, so the list is missing."""

    model = type("Document", (), {})

    @classmethod
    def get_urlpatterns(cls):
        return [path("", cls.listing, name="listing")]

    @staticmethod
    def listing(request):
        raise Http404


@hooks.register("construct_admin_api")
def register_no_documents(router):
    router.register_endpoint("documents", NoDocuments)


def cell(value):
    """What Wagtail writes into its own sheets, as harmless as what stands in ours: a title or a name may begin with
    "=" there too."""
    value = force_str(value, strings_only=True)
    return guarded(value) if isinstance(value, str) else value


# The last of Wagtail's rules, for what none of the others is about.
SpreadsheetExportMixin.custom_value_preprocess[object] = {"csv": cell, "xlsx": cell}
