"""The demo community's photos: what was approved long ago, and one that a moderator has yet to see."""

import tomllib
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from confidentiality import pictures
from members.models import Photo
from stories.forms.photos import LONGEST
from stories.models import Story, StoryPhoto

FOLDER = Path(__file__).parent


def add_photos():
    """Give the demo's stories their photos, as if a moderator had seen them with the story."""
    for told in tomllib.loads((FOLDER / "photos.toml").read_text("utf-8"))["photo"]:
        story = Story.objects.get(title=told["story"], demo=True)
        at = story.first_published_at or story.created_at
        StoryPhoto.objects.create(
            story=story,
            photo=Photo.keep(_picture(told["file"]), now=at),
            position=1,
            alt=told["alt"],
            approved_at=None if told.get("waiting") else at,
        )


def _picture(name):
    file = SimpleUploadedFile(name, (FOLDER / "pictures" / name).read_bytes(), pictures.CONTENT_TYPE)
    return pictures.clean(file, longest=LONGEST)
