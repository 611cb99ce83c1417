"""The weekly letter in the Wagtail admin."""
