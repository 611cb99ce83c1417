"""What a story knows about its photos."""

from members.models import Photo


class Pictured:
    """Photos belong to the story, not to one of its versions; where a boundary is sensitive nobody is shown any."""

    def photos_as_read(self):
        """For readers: the approved ones. After `for_page()` this costs no query."""
        if self.is_sensitive:
            return []
        return self.photo_rows if "photo_rows" in self.__dict__ else list(self.photos.in_safe_stories().as_read())

    def photos_as_sent(self):
        """For the teller, and for a moderator while the story waits: also those that nobody has approved yet."""
        return [] if self.is_sensitive else list(self.photos.in_safe_stories().as_sent())

    def has_waiting_photos(self):
        """A moderator has yet to see one: no trusted author may publish past that."""
        return self.photos_wait if "photos_wait" in self.__dict__ else self.photos.waiting().exists()

    @property
    def photos_go(self):
        """Its words touch something sensitive, and an approval of them deletes the photos that it had."""
        return self.is_sensitive and self.photos.exists()

    def delete(self, *args, **kwargs):
        """Its photos go with it, and their files."""
        Photo.objects.filter(story_photo__story=self.pk).delete()
        return super().delete(*args, **kwargs)
