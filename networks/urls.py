"""Addresses of this room."""

app_name = "networks"
urlpatterns = []
