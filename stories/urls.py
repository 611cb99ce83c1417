"""Addresses of this room."""

app_name = "stories"
urlpatterns = []
