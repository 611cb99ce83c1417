"""Photos of a story: what can happen to them, and who is shown which when."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from confidentiality.pictures import clean
from confidentiality.tests.pictures import photo, upload
from members.models import Photo
from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory
from practices.models import Boundary
from stories import actions
from stories.models import Story, StoryPhoto
from stories.staff import waiting
from stories.tests.desk import fresh, now, send_edit
from stories.tests.factories import NOTES, StoryFactory, approved, edit_of, photo_in, pictured
from stories.trust import reasons_to_wait

pytestmark = pytest.mark.django_db


def picture(width=70):
    return clean(upload(photo(size=(width, 20))))


def add(story, alt="A wall.", width=70):
    return actions.add_photo(story, picture=picture(width), alt=alt, by=story.author, now=now())


def send(story):
    return actions.send(story, by=story.author, now=now())


def words(story):
    return [shown["words"] for shown in fresh(story).photos_as_read()]


def seen_by(user, story):
    return [shown.newest_alt for shown in StoryPhoto.objects.visible_to(user).filter(story=story)]


def make_sensitive(story):
    """Whatever its newest version says."""
    story.boundaries.add(Boundary.objects.filter(sensitive=True).first())
    story.save()


# --- Adding -----------------------------------------------------------------------------------------------------------


def test_a_story_has_two_photos_at_most(story):
    add(story, width=70)
    add(story, width=71)
    with pytest.raises(actions.EnoughPhotos):
        add(story, width=72)
    assert [shown.position for shown in story.photos.all()] == [1, 2]
    assert Photo.objects.count() == 2


def test_the_database_takes_no_third_one_either(story):
    add(story)
    for position in (0, 1, 3):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoryPhoto.objects.create(story=story, photo=Photo.keep(picture(), now=now()), position=position, alt="A")


def test_the_same_picture_sent_twice_is_one_photo(story):
    first, again = add(story), add(story, alt="A wall of notes.")
    assert first.pk == again.pk
    assert story.photos.get().alt == "A wall of notes."


def test_the_place_of_a_photo_that_was_taken_out_is_free_again(story):
    first, _ = add(story, width=70), add(story, width=71)
    actions.remove_photo(first, by=story.author, now=now())
    assert add(story, width=72).position == 1


def test_nothing_is_added_or_changed_while_a_moderator_reads(story):
    shown = add(story)
    send(story)
    with pytest.raises(actions.InModeration):
        add(story, width=71)
    with pytest.raises(actions.InModeration):
        actions.change_photo(shown, alt="Other", by=story.author, now=now())


# --- Nothing public before a moderator has seen it --------------------------------------------------------------------


def test_an_approval_publishes_the_photos_that_were_sent():
    story = pictured()
    assert words(story) == [NOTES]
    assert not story.has_waiting_photos()


def test_a_photo_added_to_a_live_story_waits_with_the_edit():
    story = StoryFactory(live=True)
    photo_in(story)
    assert words(story) == []
    assert fresh(story).standing == "Live, with an edit that you have not sent"
    send(story)
    assert fresh(story).has_waiting_photos()
    assert words(story) == []
    approved(story)
    assert words(story) == [NOTES]


def test_a_version_read_before_a_photo_was_added_cannot_be_approved_with_it(story):
    send(story)
    read = fresh(story).latest_revision_id
    actions.take_back(story, by=story.author, now=now())
    add(story)
    send(story)
    with pytest.raises(actions.CannotDecide):
        actions.approve(story, by=ModeratorFactory(), now=now(), revision=read)
    assert story.photos.get().approved_at is None


def test_a_photo_asked_about_stays_unseen_until_it_is_sent_again(story):
    add(story)
    send(story)
    actions.ask_for_changes(story, by=ModeratorFactory(), now=now(), comment="A badge can be read.")
    assert story.photos.get().approved_at is None


def test_adding_a_photo_changes_no_word_and_no_save_number(story):
    before = Story.objects.filter(pk=story.pk).values("edit_number", "title", "tried").get()
    add(story)
    assert Story.objects.filter(pk=story.pk).values("edit_number", "title", "tried").get() == before


def test_adding_a_photo_to_an_edit_keeps_the_edit():
    story = StoryFactory(live=True)
    edit_of(story, tried="I rang them twice.")
    photo_in(story)
    assert fresh(story).get_latest_revision_as_object().tried == "I rang them twice."
    assert fresh(story).tried != "I rang them twice."


def test_new_words_for_a_photo_that_readers_see_wait_too():
    story = pictured()
    actions.change_photo(story.photos.get(), alt="A board of notes.", by=story.author, now=now())
    assert words(story) == [NOTES]
    assert fresh(story).has_waiting_photos()
    send(story)
    approved(story)
    assert words(story) == ["A board of notes."]
    assert story.photos.get().wanted_alt == ""


def test_words_put_back_as_they_were_wait_for_nobody():
    story = pictured()
    actions.change_photo(story.photos.get(), alt="A board.", by=story.author, now=now())
    actions.change_photo(story.photos.get(), alt=NOTES, by=story.author, now=now())
    assert not fresh(story).has_waiting_photos()


def test_another_picture_takes_the_old_one_away_at_once(django_capture_on_commit_callbacks):
    story = pictured()
    old = story.photos.get()
    file = old.photo.file.name
    with django_capture_on_commit_callbacks(execute=True):
        new = actions.change_photo(old, picture=picture(99), alt="A door.", by=story.author, now=now())
    assert words(story) == []
    assert (new.position, new.approved_at) == (old.position, None)
    assert not storages["private"].exists(file)


def test_a_photo_taken_out_meanwhile_cannot_be_changed(story):
    shown = add(story)
    actions.remove_photo(shown, by=story.author, now=now())
    with pytest.raises(StoryPhoto.DoesNotExist):
        actions.change_photo(shown, alt="Other", by=story.author, now=now())


def test_taking_out_counts_at_once_even_while_a_moderator_reads(django_capture_on_commit_callbacks):
    story = pictured()
    send_edit(story, tried="Again")
    shown = story.photos.get()
    file = shown.photo.file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(shown, by=story.author, now=now())
    assert words(story) == []
    assert not storages["private"].exists(file)
    assert fresh(story).is_in_moderation


def test_a_deleted_story_takes_its_photos_along(django_capture_on_commit_callbacks):
    story = pictured()
    file = story.photos.get().photo.file.name
    with django_capture_on_commit_callbacks(execute=True):
        story.delete()
    assert not Photo.objects.exists()
    assert not storages["private"].exists(file)


# --- None where a boundary is sensitive -------------------------------------------------------------------------------


def test_a_sensitive_story_takes_no_photo(story):
    make_sensitive(story)
    with pytest.raises(actions.NoPhotosHere):
        add(story)
    assert not Photo.objects.exists()


def test_an_edit_that_makes_it_sensitive_takes_no_photo():
    story = StoryFactory(live=True)
    edit_of(story, boundaries=["housing", Boundary.objects.filter(sensitive=True).first()])
    with pytest.raises(actions.NoPhotosHere):
        photo_in(story)


def test_a_story_that_becomes_sensitive_shows_its_photos_to_nobody():
    story = pictured(audience="public")
    make_sensitive(story)
    assert fresh(story).photos_as_read() == fresh(story).photos_as_sent() == []
    for user in (AnonymousUser(), MemberFactory(), story.author, ModeratorFactory()):
        assert seen_by(user, story) == []


def test_a_boundary_that_staff_call_sensitive_hides_the_photos_at_once():
    story = pictured(audience="public")
    story.boundary_list[0].__class__.objects.filter(slug="housing").update(sensitive=True)
    assert words(story) == []
    assert seen_by(AnonymousUser(), story) == []


def sensitive():
    return Boundary.objects.filter(sensitive=True).first()


def test_an_edit_that_names_something_sensitive_hides_the_photos_at_once():
    story = pictured(audience="public")
    edit_of(story, boundaries=["housing", sensitive()])
    assert words(story) == []
    for user in (AnonymousUser(), MemberFactory(), story.author, ModeratorFactory()):
        assert seen_by(user, story) == []


def test_taken_out_of_the_edit_again_the_photos_are_back():
    story = pictured(audience="public")
    edit_of(story, boundaries=["housing", sensitive()])
    edit_of(story, boundaries=["housing", "police"])
    assert words(story) == [NOTES]
    assert seen_by(AnonymousUser(), story) == [NOTES]


def test_the_approval_of_a_sensitive_story_deletes_its_photos(django_capture_on_commit_callbacks):
    story = pictured(audience="public")
    file = story.photos.get().photo.file.name
    send_edit(story, boundaries=["housing", sensitive()])
    assert story.photos.exists()
    with django_capture_on_commit_callbacks(execute=True):
        approved(story)
    assert not Photo.objects.exists()
    assert not storages["private"].exists(file)


def test_photos_that_nobody_could_look_at_are_not_approved_with_a_less_sensitive_edit():
    story = pictured(audience="public")
    Boundary.objects.filter(slug="housing").update(sensitive=True)
    send_edit(story, boundaries=["police", "mental-health"])
    assert fresh(story).get_latest_revision_as_object().photos_as_sent() == []
    approved(story)
    assert not Photo.objects.exists()


def test_the_yes_to_a_sensitive_story_is_still_to_the_same_words_once_its_photos_are_gone():
    story = pictured()
    send_edit(story, boundaries=["housing", sensitive()])
    before = fresh(story).version_key
    approved(story)
    assert fresh(story).version_key == before


# --- Who is shown which -----------------------------------------------------------------------------------------------


def test_a_photo_of_a_draft_is_its_tellers_alone(story):
    add(story)
    assert seen_by(story.author, story) == ["A wall."]
    for user in (AnonymousUser(), MemberFactory(), ModeratorFactory(), AdminFactory()):
        assert seen_by(user, story) == []


def test_a_moderator_sees_a_waiting_photo_while_its_story_waits():
    story, moderator = StoryFactory(live=True, audience="public"), ModeratorFactory()
    photo_in(story)
    assert seen_by(moderator, story) == []
    send(story)
    assert seen_by(moderator, story) == [NOTES]
    assert seen_by(EditorFactory(), story) == seen_by(MemberFactory(), story) == []
    actions.take_back(story, by=story.author, now=now())
    assert seen_by(moderator, story) == []


@pytest.mark.parametrize(("audience", "visitor", "member"), [("public", 1, 1), ("members", 0, 1), ("coalition", 0, 0)])
def test_an_approved_photo_is_seen_by_whoever_reads_the_story(audience, visitor, member):
    story = pictured()
    Story.objects.update(audience=audience)
    assert len(seen_by(AnonymousUser(), story)) == visitor
    assert len(seen_by(MemberFactory(), story)) == member
    assert len(seen_by(MemberFactory(suspended_at=timezone.now()), story)) == visitor


@pytest.mark.parametrize("end", ["withdraw", "hide"])
def test_the_photos_leave_with_the_story(end):
    story = pictured(audience="public")
    getattr(actions, end)(story, by=story.author, now=now())
    assert seen_by(AnonymousUser(), story) == seen_by(MemberFactory(), story) == []
    assert seen_by(story.author, story) == [NOTES]


# --- Nothing goes past a moderator ------------------------------------------------------------------------------------


def test_a_trusted_tellers_photo_waits_for_a_moderator():
    teller = MemberFactory()
    for _ in range(3):
        StoryFactory(live=True, author=teller)
    story = StoryFactory(live=True, author=teller)
    photo_in(story)
    assert reasons_to_wait(fresh(story)) == ["It has a photo that no moderator has seen."]
    actions.send(story, by=teller, now=now(), publish_first=True)
    assert fresh(story).is_in_moderation
    assert words(story) == []


def test_a_photo_is_not_approved_among_many():
    with_photo, without = StoryFactory(), StoryFactory(sent=True)
    photo_in(with_photo)
    send(with_photo)
    lines = {line.pk: line.alone for line in waiting.lines(waiting.waiting_for(ModeratorFactory()), ModeratorFactory())}
    assert lines == {with_photo.pk: True, without.pk: False}
