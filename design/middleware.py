"""A database that does not answer is a plain 503 and a minute's patience, not a crash."""

from design.errors import is_unreachable, service_unavailable


class DatabaseUnavailable:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return service_unavailable(request) if is_unreachable(exception) else None
