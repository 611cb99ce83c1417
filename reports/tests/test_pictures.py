"""Pictures in reports: nothing of the upload is kept, and nobody is shown one before its report is live."""

import io
import json
import re

import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from confidentiality import pictures
from confidentiality.tests.pictures import KINDS, laden, photo, upload, upload_of
from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from reports import sizes, tasks
from reports.models import ReportImage, ReportRendition
from reports.pictures import MadeAnew
from reports.tests.factories import PictureFactory, ReportFactory

pytestmark = pytest.mark.django_db

ADD = "wagtailimages:add"
IN_CHOOSER = "wagtailimages_chooser:create"
WORDS = "A wall of paper notes."


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def give(client, address, file=None, **answers):
    prefix = "image-chooser-upload-" if address == IN_CHOOSER else ""
    typed = {
        "file": upload(photo(), "Priya at the Arches.jpg") if file is None else file,
        "description": WORDS,
        **answers,
    }
    return client.post(reverse(address), {prefix + name: value for name, value in typed.items()})


def showing(image, **report):
    return ReportFactory(body=[("picture", {"image": image, "caption": "Before"})], **report)


def bytes_of(picture):
    with picture.file.open() as file:
        return file.read()


def size_of(image):
    return image.get_rendition("width-1400")


def seen_by(client, image):
    return client.get(size_of(image).url).status_code


# --- Nothing of the upload is kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [ADD, IN_CHOOSER])
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_an_editor_uploads_is_made_anew_under_a_random_name(editor, address, kind):
    file, marks = laden(kind)
    response = give(editor, address, upload_of(kind, file))
    assert response.status_code in {200, 302}
    image = ReportImage.objects.get()
    data = bytes_of(image)
    for size in ("max-165x165", "original"):
        data += bytes_of(image.get_rendition(size))
    assert data.startswith(b"\xff\xd8\xff")
    assert [mark for mark in marks.values() if mark in data] == []
    assert (image.title, image.description) == (WORDS, WORDS)
    assert not default_storage.exists(image.file.name)
    assert storages["private"].exists(image.file.name)
    assert not UploadedFile.objects.exists()


def test_the_name_of_the_file_is_gone(editor):
    give(editor, ADD)
    image = ReportImage.objects.get()
    assert "Priya" not in f"{image.file.name} {image.title} {size_of(image).file.name}"


def test_another_file_in_its_place_is_made_anew_and_the_old_one_is_gone(editor):
    image = PictureFactory()
    old, size = image.file.name, size_of(image).file.name
    file, marks = laden("PNG")
    answers = {"file": upload_of("PNG", file), "description": "A door."}
    assert editor.post(reverse("wagtailimages:edit", args=[image.pk]), answers).status_code == 302
    image.refresh_from_db()
    assert image.file.name != old
    assert [mark for mark in marks.values() if mark in bytes_of(image)] == []
    assert not storages["private"].exists(old)
    assert not ReportRendition.objects.filter(file=size).exists()


def test_a_file_that_comes_past_the_form_is_made_anew_too():
    file, marks = laden("JPEG")
    image = ReportImage(title="A", description=WORDS, file=SimpleUploadedFile("Priya.jpg", file, "image/jpeg"))
    image.save()
    assert "Priya" not in image.file.name
    assert [mark for mark in marks.values() if mark in bytes_of(image)] == []


@pytest.mark.parametrize("address", [ADD, IN_CHOOSER])
@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"description": ""}, "This field is required."),
        ({"file": ""}, "This field is required."),
        ({"file": upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "image/svg+xml")}, pictures.DRAWING),
        ({"file": upload(b"Dear all", "a.jpg")}, pictures.NOT_A_PICTURE),
        ({"file": upload(photo("PNG"), "a.jpg")}, pictures.MISLABELLED),
    ],
)
def test_a_picture_without_words_or_one_that_is_none_is_refused_with_a_sentence(editor, address, answers, sentence):
    for value in answers.values():
        if value:
            value.seek(0)
    response = give(editor, address, **answers)
    html = json.loads(response.text)["htmlFragment"] if address == IN_CHOOSER else response.text
    assert str(sentence) in html
    assert not ReportImage.objects.exists()


def test_the_page_for_many_pictures_which_keeps_files_as_they_came_leads_to_the_one_for_one(editor):
    response = editor.post(reverse("wagtailimages:add_multiple"), {"title": "A", "files[]": upload(photo())})
    assert (response.status_code, response["Location"]) == (302, reverse(ADD))
    create = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[1])
    assert editor.post(create, {}).status_code == 404
    assert not UploadedFile.objects.exists()


# --- Who writes reports -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factory", [EditorFactory, AdminFactory])
def test_who_writes_reports_finds_and_changes_pictures(client, factory):
    sign_in_staff(client, factory())
    image = PictureFactory()
    assert reverse("wagtailimages:index") in client.get("/admin/").text
    for name in ("wagtailimages:index", "wagtailimages:add", "wagtailimages_chooser:choose"):
        assert client.get(reverse(name)).status_code == 200
    page = client.get(reverse("wagtailimages:edit", args=[image.pk]))
    assert image.get_rendition("max-800x600").url in page.text
    chosen = client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk]))
    assert json.loads(chosen.text)["result"]["default_alt_text"] == WORDS


@pytest.mark.parametrize(
    "address",
    ["images/", "images/add/", "images/chooser/", "images/{pk}/", "api/main/images/", "api/main/images/{pk}/"],
)
def test_moderators_are_shown_no_pictures(client, address):
    sign_in_staff(client, ModeratorFactory())
    assert client.get("/admin/" + address.format(pk=PictureFactory().pk)).status_code == 404
    assert reverse("wagtailimages:index") not in client.get("/admin/").text


# --- Who sees which ---------------------------------------------------------------------------------------------------


def test_a_live_report_shows_its_pictures_with_their_words(client):
    image = PictureFactory()
    page = client.get(showing(image).url).text
    size = size_of(image)
    assert f'src="{size.url}" alt="{WORDS}" width="{size.width}" height="{size.height}"' in page
    answer = client.get(size.url)
    assert answer.content == bytes_of(size)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-cache")
    assert client.get(size.url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_drafts_picture_is_there_only_for_who_writes_reports(client):
    image = PictureFactory()
    showing(image, live=False)
    assert seen_by(client, image) == 404
    for member in (MemberFactory(), ModeratorFactory()):
        client.force_login(member)
        assert seen_by(client, image) == 404
    sign_in_staff(client, EditorFactory())
    assert seen_by(client, image) == 200
    assert client.get(size_of(image).url)["Cache-Control"] == "private, no-store"


def test_a_picture_in_an_edit_waits_until_it_is_published(client):
    image = PictureFactory()
    report = ReportFactory()
    report.body = [("picture", {"image": image, "caption": ""})]
    revision = report.save_revision()
    assert seen_by(client, image) == 404
    revision.publish()
    assert seen_by(client, image) == 200


def test_a_picture_leaves_with_its_report(client):
    image = PictureFactory()
    report = showing(image)
    assert seen_by(client, image) == 200
    report.unpublish()
    assert seen_by(client, image) == 404


def test_a_picture_taken_out_of_a_live_report_is_gone_once_that_is_published(client):
    image = PictureFactory()
    report = showing(image)
    report.body = []
    report.save_revision().publish()
    assert seen_by(client, image) == 404


def test_a_deleted_picture_leaves_the_report_readable(client):
    image = PictureFactory()
    report = showing(image)
    image.delete()
    assert "<img" not in client.get(report.url).text


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_cost_a_report_the_same_queries_however_many(client, django_assert_num_queries, count):
    images = [PictureFactory(description=f"Words {number}") for number in range(count)]
    report = ReportFactory(body=[("picture", {"image": image, "caption": ""}) for image in images])
    client.get(report.url)  # makes their sizes
    for queries in (7, 2):  # drawn anew, and from what was kept
        with django_assert_num_queries(queries):
            page = client.get(report.url).text
        assert page.count("<img") == count


# --- Newer formats ----------------------------------------------------------------------------------------------------


def drawn(image):
    shown = sizes.photo(ReportImage.objects.get(pk=image.pk))
    return render_to_string("components/figure_photo.html", {"photo": shown})


def test_a_page_shows_the_plain_picture_until_the_newer_ones_are_made():
    image = PictureFactory(file=as_is(photo(size=(1800, 1200))))
    assert "<picture>" not in drawn(image)
    assert [size.filter_spec for size in image.renditions.all()] == [sizes.PLAIN]
    tasks.make_sizes()
    assert drawn(image).count("<source") == 2
    assert f'src="{size_of(image).url}" alt="{WORDS}" width="1400" height="933"' in drawn(image)


def test_a_readers_request_makes_none_of_the_newer_ones(client):
    image = PictureFactory()
    client.get(showing(image).get_url())
    assert [size.filter_spec for size in image.renditions.all()] == [sizes.PLAIN]


def test_they_are_made_once_and_a_few_at_a_time(django_assert_num_queries):
    for _ in range(3):
        PictureFactory()
    assert [sizes.make_missing(most=2) for _ in range(3)] == [2, 1, 0]
    with django_assert_num_queries(1):
        assert sizes.make_missing() == 0


def test_a_picture_that_cannot_be_read_hinders_no_other():
    here, gone = PictureFactory(), PictureFactory()
    storages["private"].delete(gone.file.name)
    sizes.make_missing()
    assert here.renditions.count() == len(sizes.EVERY)


@pytest.mark.parametrize("width", sizes.WIDTHS)
def test_newer_formats_are_smaller_than_a_jpeg_of_the_same_size(width):
    image = PictureFactory(file=as_is(with_grain((1800, 1200))))
    jpeg, webp, avif = (
        len(bytes_of(image.get_rendition(f"width-{width}{kind}"))) for kind in ("", "|format-webp", "|format-avif")
    )
    assert max(webp, avif) < jpeg


@pytest.mark.parametrize(("width", "widths"), [(1800, [480, 800, 1400]), (600, [480, 600]), (300, [300])])
def test_no_width_is_named_twice_however_small_the_picture(width, widths):
    image = PictureFactory(file=as_is(photo(size=(width, 200))))
    sizes.make_missing()
    for source in sizes.photo(image).sources:
        assert [int(one.split()[1][:-1]) for one in source.srcset.split(", ")] == widths


def test_a_page_asks_no_more_with_three_pictures_than_with_one(client):
    asked = []
    for count in (1, 3):
        pictures = [("picture", {"image": PictureFactory(), "caption": ""}) for _ in range(count)]
        address = ReportFactory(body=pictures).get_url()
        client.get(address)
        sizes.make_missing()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).text.count("<picture>") == count
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_each_is_sent_as_what_it_is_and_only_with_a_live_report(client, editor):
    image = PictureFactory()
    sizes.make_missing()
    for spec, kind in ((sizes.PLAIN, "jpeg"), (sizes.SPECS["webp"][0], "webp"), (sizes.SPECS["avif"][0], "avif")):
        address = image.get_rendition(spec).url
        assert editor.get(address).headers["Content-Type"] == f"image/{kind}"
        assert Client().get(address).status_code == 404
    showing(image)
    assert Client().get(address).headers["Content-Type"] == "image/avif"


def test_the_cover_is_asked_for_at_once_and_what_is_below_when_it_is_near(client):
    report = showing(PictureFactory(description="Below."), cover=PictureFactory(description="Above."))
    html = client.get(report.get_url()).text
    assert re.search(r'alt="Above\."[^>]* fetchpriority="high"', html)
    assert re.search(r'alt="Below\."[^>]* loading="lazy"', html)


def as_is(file):
    return MadeAnew.of(upload(file))


def with_grain(size):
    """A soft scene with grain: what photos have, and plain colours have not."""
    grain = Image.effect_noise(size, 24)
    light = Image.linear_gradient("L").resize(size)
    data = io.BytesIO()
    Image.merge("RGB", (light, Image.blend(light, grain, 0.3), Image.blend(grain, light, 0.6))).save(data, "JPEG")
    return data.getvalue()
