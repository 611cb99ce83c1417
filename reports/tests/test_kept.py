"""What staff wrote is kept as it was drawn; whatever it is drawn from shows its change with the next request, and
nothing of a story is kept with it."""

import re
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from confidentiality.tests.pictures import photo, upload
from design import drawn
from members.models import Block
from members.tests.factories import MemberFactory
from practices import words
from practices.models import Boundary, Practice
from reports import asking, kept
from reports.models import ReportImage, ReportPage, ReportRendition
from reports.pictures import MadeAnew
from reports.tests.factories import PictureFactory, ReportFactory
from reports.tests.whole import LIST, long_report, picked, quotable, whole_report
from stories import actions
from stories.models import Byline, Story
from stories.tests.factories import CoAuthorFactory, StoryFactory

pytestmark = pytest.mark.django_db
WORDS = "I sat at their desk for a morning."


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    drawn.forget()
    yield
    kept.forget()
    drawn.forget()


@pytest.fixture
def read(client):
    """The page as it is drawn from what was kept: the first time makes sizes of pictures, the second is kept."""

    def read(report, reader=None):
        client.logout()
        if reader:
            client.force_login(reader)
        return re.sub(r"\s+", " ", client.get(report.get_url()).text)

    return read


@pytest.fixture
def warm(read):
    def warm(report, *readers):
        for reader in (None, None, *readers):
            read(report, reader)
        assert report.pk in kept_reports()
        return report

    return warm


def kept_reports():
    return {key for key, language in kept._kept}


def main(text):
    return text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("make", [lambda: whole_report(quotable()), long_report], ids=["whole", "long"])
@pytest.mark.parametrize("as_member", [False, True])
def test_it_reads_as_the_page_that_wagtail_draws(read, warm, make, as_member, django_user_model):
    member = MemberFactory()
    report = warm(make(), member)
    request = RequestFactory().get(report.get_url())
    request.user = member if as_member else asking.EVERYBODY
    plain = re.sub(r"\s+", " ", report.serve(request).render().text)

    def tight(text):
        return re.sub(r"> <", "><", main(text))

    assert tight(read(report, request.user if as_member else None)) == tight(plain)
    head = r'<title>.*?</title>|<meta name="description".*?>|<script type="application/ld\+json".*?</script>'
    assert re.findall(head, read(report)) == re.findall(head, plain)


@pytest.mark.parametrize("verb", ["withdraw", "hide", "refuse"])
def test_words_and_cards_leave_a_kept_report_at_once_for_visitors_and_members(read, warm, verb):
    story, member = quotable(title="The kettle rule"), MemberFactory()
    report = warm(whole_report(story), member)
    for reader in (None, member):
        assert (WORDS in read(report, reader), story.slug in read(report, reader)) == (True, True)
    if verb == "refuse":
        actions.set_may_quote(story, may_quote="no", by=story.author, now=timezone.now())
    else:
        getattr(actions, verb)(story, by=story.author, now=timezone.now())
    for reader in (None, member):
        assert (WORDS in read(report, reader), story.slug in read(report, reader)) == (False, verb == "refuse")
    assert report.pk in kept_reports()
    assert not any(WORDS in piece or story.slug in piece for one in kept._kept.values() for piece in one.pieces)


def test_cards_differ_by_reader_and_lists_do_not(read, warm):
    told, member = StoryFactory(live=True, title="For members", may_quote="yes"), MemberFactory()
    public = quotable(title="For everybody")
    body = [("story", told.slug), ("words", picked(told).key), ("stories", LIST)]
    report = warm(ReportFactory(body=body), member)
    for _ in range(2):
        for reader, seen in ((None, False), (member, True)):
            text = read(report, reader)
            assert ("For members" in text, WORDS in text, public.title in text) == (seen, seen, True)
    newer = quotable(title="Newer than what was kept")
    assert newer.title in read(report)
    actions.set_reach(newer, byline=Byline.ROLE, audience="members", by=newer.author, now=timezone.now())
    assert newer.title not in read(report, member)


def test_a_block_parts_a_member_from_named_stories_of_members_only(read, warm):
    reader, teller = MemberFactory(), MemberFactory(first_name="Canary")
    told = {"live": True, "author": teller, "byline": Byline.NAME}
    inside, outside = StoryFactory(title="Inside", **told), StoryFactory(title="Outside", audience="public", **told)
    report = warm(ReportFactory(body=[("story", inside.slug), ("story", outside.slug)]), reader)
    assert "Inside" in read(report, reader)
    Block.objects.create(blocker=teller, blocked=reader, known_as="R", blocked_at=timezone.now())
    assert ("Inside" in read(report, reader), "Outside" in read(report, reader)) == (False, True)
    assert "Inside" in read(report, MemberFactory())


def test_a_correction_shows_at_once_and_a_draft_of_one_does_not(read, warm):
    report = warm(ReportFactory(body=[("text", "<p>Nine teams.</p>")]))
    report = ReportPage.objects.get(pk=report.pk)
    report.body = [("text", "<p>Seven teams.</p>")]
    report.corrections = [("correction", {"day": "2026-05-03", "what": "Seven teams, not nine."})]
    revision = report.save_revision()
    assert ("Nine teams." in read(report), "Seven teams" in read(report)) == (True, False)
    revision.publish()
    for _ in range(2):
        assert ("Nine teams." in read(report), "Seven teams, not nine." in read(report)) == (False, True)
    ReportPage.objects.filter(pk=report.pk).update(introduction="By a prompt.")
    assert "By a prompt." in main(read(report))


def test_a_report_that_is_taken_down_is_gone_at_once(client, warm):
    report = warm(ReportFactory())
    ReportPage.objects.get(pk=report.pk).unpublish()
    assert client.get(report.get_url()).status_code == 404


def change_words(picture):
    ReportImage.objects.filter(pk=picture.pk).update(description="A window.")
    return "A window."


def change_file(picture):
    """As the admin does it: another file, and its sizes are made anew."""
    picture.file = MadeAnew.of(upload(photo(size=(400, 300))))
    picture.save()
    picture.renditions.all().delete()
    return picture.file.name.removeprefix("original_images/").removesuffix(".jpg")


def delete_sizes(picture):
    ReportRendition.objects.all().delete()
    picture.get_rendition("width-1400")
    return ReportRendition.objects.get(image=picture).url


@pytest.mark.parametrize("as_cover", [False, True])
@pytest.mark.parametrize("change", [change_words, change_file, delete_sizes])
def test_a_picture_is_shown_as_it_is_now(read, warm, change, as_cover):
    picture = PictureFactory(description="A wall.")
    fields = {"cover": picture} if as_cover else {"body": [("picture", {"image": picture, "caption": ""})]}
    report = warm(ReportFactory(**fields))
    assert 'alt="A wall."' in read(report)
    now = change(ReportImage.objects.get(pk=picture.pk))
    assert now in main(read(report))
    if change is change_words:
        assert 'alt="A wall."' not in read(report)


def test_a_page_that_a_text_leads_to_is_found_where_it_stands_now(read, warm):
    other = ReportFactory(slug="the-other-one")
    report = warm(ReportFactory(body=[("text", f'<p><a linktype="page" id="{other.pk}">It</a></p>')]))
    assert 'href="/reports/the-other-one/"' in read(report)
    other = ReportPage.objects.get(pk=other.pk)
    other.slug = "moved"
    other.save()
    assert 'href="/reports/moved/"' in read(report)


def test_names_of_services_and_practices_are_those_of_now(read, warm):
    body = [("crossing", {"first": "housing", "second": "police"}), ("practice", {"practice": "rule-or-habit"})]
    report = warm(ReportFactory(body=body))
    for model, slug in ((Boundary, "housing"), (Practice, "rule-or-habit")):
        model.objects.filter(slug=slug).update(name="Called anew")
        words.near.delete("words:boundaries", "words:practices")
        assert "Called anew" in main(read(report))
        model.objects.filter(slug=slug).update(name="And again")
        words.near.delete("words:boundaries", "words:practices")
    assert main(read(report)).count("And again") == 2


def test_others_of_a_series_come_and_go(read, warm):
    report = warm(ReportFactory(series="A conversation"))
    other = ReportFactory(series="A conversation", title="Part two")
    assert "Part two" in read(report)
    ReportPage.objects.filter(pk=other.pk).update(title="Part two, corrected")
    assert "Part two, corrected" in read(report)
    ReportPage.objects.filter(pk=other.pk).update(live=False)
    assert "Part two" not in read(report)


def test_what_was_drawn_in_one_language_is_not_shown_in_another(warm):
    report = warm(ReportFactory(first_published_at=datetime(2026, 5, 3, tzinfo=UTC), body=[("story", quotable().slug)]))

    def text():
        return kept.at(report.url_path.removeprefix("/home/")).filled(asking.EVERYBODY)

    for _ in range(2):
        with translation.override("de"):
            assert "Mai 2026" in text()
        assert ("Mai 2026" in text(), "May 2026" in text()) == (False, True)


def test_what_changes_while_it_is_drawn_is_not_kept(read, monkeypatch):
    report = ReportFactory(title="Before")
    draw = kept.render_to_string

    def slowly(*given):
        text = draw(*given)
        ReportPage.objects.filter(pk=report.pk).update(title="After")
        return text

    monkeypatch.setattr(kept, "render_to_string", slowly)
    assert "Before</h1>" in read(report)
    monkeypatch.setattr(kept, "render_to_string", draw)
    assert kept_reports() == set()
    assert "After</h1>" in read(report)


def test_a_text_with_something_unknown_in_it_is_drawn_each_time(read):
    report = ReportFactory(body=[("text", '<p><a linktype="document" id="1">A file</a></p>')])
    for _ in range(2):
        assert "A file" in read(report)
    assert kept_reports() == set()


def test_no_more_reports_are_kept_than_there_is_room_for(read, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    reports = [ReportFactory() for _ in range(3)]
    for report in reports:
        read(report)
    assert kept_reports() == {report.pk for report in reports[1:]}


def test_pages_that_are_no_reports_and_previews_stay_with_wagtail(client):
    assert kept.at("reports/nothing-here/") is None
    assert client.get("/reports/nothing-here/").status_code == 404
    assert client.options(ReportFactory().get_url()).headers["Allow"]


TOLD = {
    "by role": {},
    "by name": {"byline": Byline.NAME, "author__first_name": "Jo", "author__last_name": "Long"},
    "hidden": {"byline": Byline.HIDDEN},
    "sensitive": {"boundaries": ["police", "mental-health"], "sensitive_in_edit": True},
    "too few": {"blurred": True},
    "retold": {"source_url": "https://example.org/", "byline": Byline.NAME},
    "demo": {"demo": True},
    "nowhere": {"place": None, "period_year": None},
}


@pytest.mark.parametrize("fields", TOLD.values(), ids=TOLD)
def test_a_story_is_told_as_its_own_model_tells_it(fields):
    given = {"place": "salford", **fields}
    made = StoryFactory(live=True, audience="public", **given)
    Story.objects.filter(pk=made.pk).update(**{name: fields[name] for name in ("blurred", "demo") if name in fields})
    if fields.get("byline") == Byline.NAME and "source_url" not in fields:
        CoAuthorFactory(story=made, named=True, wants_name=True)
    (story,) = Story.objects.filter(pk=made.pk).for_listing()
    told = asking.stories(asking.EVERYBODY, [made.pk], [])[made.pk]
    same = ("pk", "slug", "title", "summary", "byline_parts", "is_public", "is_retold", "may_quote")
    assert [getattr(told, name) for name in same] == [getattr(story, name) for name in same]
    assert [str(one) for one in told.boundary_list] == [str(one) for one in story.boundary_list]
    assert told.get_absolute_url() == story.get_absolute_url()
    with pytest.raises(AttributeError):
        told.noticed  # noqa: B018 (what was not asked for)
