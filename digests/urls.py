"""Addresses of this room."""

app_name = "digests"
urlpatterns = []
