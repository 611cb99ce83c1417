"""Files of a request stay in memory, and no more of them than one picture may have."""

import io

import pytest
from django.conf import settings
from django.test import RequestFactory

from confidentiality.pictures import LARGEST_FILE


def sent(*sizes):
    files = {f"file{number}": io.BytesIO(bytes(size)) for number, size in enumerate(sizes)}
    return RequestFactory().post("/", {"words": "kept", **files})


def kept(file):
    return type(file.file), len(file.file.getvalue())


@pytest.mark.parametrize("size", [0, 1, 3_000_000, LARGEST_FILE, LARGEST_FILE + 1, 3 * LARGEST_FILE])
def test_a_file_is_never_on_disk_and_its_length_is_known(size):
    request = sent(size)
    file = request.FILES["file0"]
    assert file.size == size
    assert kept(file) == (io.BytesIO, min(size, LARGEST_FILE))
    assert request.POST["words"] == "kept"


def test_several_files_share_the_room_of_one():
    files = list(sent(6_000_000, 6_000_000, 6_000_000).FILES.values())
    assert [file.size for file in files] == [6_000_000] * 3
    assert sum(kept(file)[1] for file in files) == LARGEST_FILE


def test_nothing_else_takes_uploads():
    assert settings.FILE_UPLOAD_HANDLERS == ["confidentiality.uploads.InMemory"]
