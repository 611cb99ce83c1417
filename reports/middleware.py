"""The pages and pictures of Wagtail's admin are for those who write pages."""

from django.http import Http404

from reports.pictures import writes_pages

PAGE_TOOLS = ("/admin/pages/", "/admin/choose-page/", "/admin/images/", "/admin/api/main/images/")


class PagesForEditors:
    """Wagtail's chooser and some of its tools ask for no right to a page or picture: they would name drafts to
    other staff.

    Stands after the second factor, so whoever asks is staff.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(PAGE_TOOLS) and not writes_pages(request.user):
            raise Http404
        return self.get_response(request)
