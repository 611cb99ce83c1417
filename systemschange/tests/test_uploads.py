"""Every way in for a picture, and what each answers to a file that is made to harm."""

import time

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from confidentiality import pictures
from confidentiality.tests.bombs import BOMBS
from confidentiality.tests.pictures import upload
from members.models import Photo
from members.tests.factories import EditorFactory, sign_in_staff
from reports.models import ReportImage
from reports.tests.factories import PictureFactory
from stories.tests.factories import StoryFactory, photo_in
from stories.tests.pages import at

pytestmark = pytest.mark.django_db
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
FILES = {
    what: BOMBS[what]
    for what in (
        "a PNG of 81 megapixels",
        "a PNG that says it is endless",
        "a WebP with an endless canvas",
        "a HEIC that says it is endless",
        "a BigTIFF that says it is endless",
        "a GIF that is a program as well",
        "a document that is a picture as well",
    )
} | {"a drawing": ("a.svg", lambda: SVG), "a drawing under another name": ("a.png", lambda: SVG)}
# The fields that take a file, by their form: a new one has to have its way in below.
FIELDS = {
    ("PhotoForm", "photo"),
    ("ChangePhotoForm", "photo"),
    ("PortraitForm", "photo"),
    ("PictureForm", "file"),
    ("Sample", "photo"),
}
SENTENCES = (pictures.TOO_MANY_PIXELS, pictures.NOT_A_PICTURE, pictures.BROKEN, pictures.DRAWING)
ROOMS = ("design", "digests", "members", "networks", "practices", "reports", "stories")


class Ways:
    """Sends a file through each door, with all else as it should be."""

    def __init__(self):
        self.story, self.teller, self.editor = StoryFactory(), Client(), sign_in_staff(Client(), EditorFactory())
        self.teller.force_login(self.story.author)
        self.shown, self.picture = photo_in(self.story), PictureFactory()

    def photo_of_a_story(self, file):
        data = {"photo": file, "alt": "A wall.", "nobody_seen": "on"}
        return self.teller.post(at("photos", self.story), data)

    def another_photo_in_its_place(self, file):
        data = {"photo": file, "alt": "A wall.", "nobody_seen": "on"}
        return self.teller.post(at("change_photo", self.story, self.shown.photo.name), data)

    def photo_of_a_member(self, file):
        return self.teller.post(reverse("members:portrait"), {"photo": file})

    def picture_of_a_report(self, file):
        return self.editor.post(reverse("wagtailimages:add"), {"file": file, "description": "A wall."})

    def another_picture_in_its_place(self, file):
        address = reverse("wagtailimages:edit", args=[self.picture.pk])
        return self.editor.post(address, {"file": file, "description": "A wall."})

    def picture_from_the_chooser(self, file):
        data = {"image-chooser-upload-file": file, "image-chooser-upload-description": "A wall."}
        return self.editor.post(reverse("wagtailimages_chooser:create"), data)

    def all(self):
        return [
            self.photo_of_a_story,
            self.another_photo_in_its_place,
            self.photo_of_a_member,
            self.picture_of_a_report,
            self.another_picture_in_its_place,
            self.picture_from_the_chooser,
        ]


@pytest.mark.long
def test_each_way_in_answers_with_a_sentence():
    ways = Ways()
    before = set(Photo.objects.values_list("pk", "name")), set(ReportImage.objects.values_list("pk", "file"))
    wrong = {}
    for way in ways.all():
        for what, (name, make) in FILES.items():
            begun = time.process_time()
            answer = way(upload(make(), name, ""))
            if time.process_time() - begun > 2 or not any(str(one) in answer.text for one in SENTENCES):
                wrong[f"{way.__name__}: {what}"] = answer.status_code
    assert wrong == {}
    assert before == (set(Photo.objects.values_list("pk", "name")), set(ReportImage.objects.values_list("pk", "file")))


def forms_of(kind=forms.BaseForm):
    for form in kind.__subclasses__():
        yield form
        yield from forms_of(form)


def test_no_other_form_takes_a_file():
    ours = [form for form in forms_of() if form.__module__.split(".")[0] in ROOMS]
    taking = {
        (form.__name__, name)
        for form in ours
        for name, field in form.base_fields.items()
        if isinstance(field, forms.FileField)
    }
    # Wagtail's own form for pictures is made from ours, which puts its field in the place of Wagtail's.
    assert taking | {("PictureForm", "file")} == FIELDS
