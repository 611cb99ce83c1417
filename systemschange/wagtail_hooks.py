"""What Wagtail's admin needs from the whole site."""

from django.http import Http404
from django.urls import path
from wagtail import hooks


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
