"""Addresses of this room."""

app_name = "members"
urlpatterns = []
