"""The admin of a site without documents."""

import pytest
from django.urls import reverse

from members.tests.factories import AdminFactory, sign_in_staff


@pytest.mark.django_db
def test_the_admin_opens_and_its_list_of_documents_is_missing(client):
    sign_in_staff(client, AdminFactory())
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(reverse("wagtailadmin_api:documents:listing")).status_code == 404
