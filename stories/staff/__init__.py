"""The moderators' side of the stories, inside Wagtail's admin."""
