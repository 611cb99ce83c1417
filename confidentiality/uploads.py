"""Uploaded files stay in memory until they have been made anew: no original ever touches a disk."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from confidentiality.pictures import LARGEST_FILE


class InMemory(FileUploadHandler):
    """The only one in FILE_UPLOAD_HANDLERS.

    Keeps as much of a request's files as one picture may have; of what is longer only the length is known, so a form
    can say so and nobody fills a server's memory.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.room = LARGEST_FILE

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data, start):
        self.kept.write(raw_data[: self.room])
        self.room -= min(self.room, len(raw_data))

    def file_complete(self, file_size):
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
