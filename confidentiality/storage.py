"""Where files lie that only a view hands out, after asking who is looking."""

from django.core.files.storage import FileSystemStorage


class PrivateFiles(FileSystemStorage):
    """A folder that no address leads to; given no address, Django would answer with one below MEDIA_URL."""

    def url(self, name):
        raise ValueError("A private file has no address.")
