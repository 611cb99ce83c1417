import pytest

from members.tests.factories import ModeratorFactory, sign_in_staff
from stories.tests.factories import StoryFactory


@pytest.fixture
def story():
    return StoryFactory()


@pytest.fixture
def teller(client, story):
    client.force_login(story.author)
    return client


@pytest.fixture
def sent(client):
    story = StoryFactory(sent=True)
    client.force_login(story.author)
    return story


@pytest.fixture
def live(client):
    story = StoryFactory(live=True, audience="public")
    client.force_login(story.author)
    return story


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Maya", last_name="Osei")


@pytest.fixture
def desk(client, moderator):
    """The admin, as a moderator with a second factor sees it."""
    return sign_in_staff(client, moderator)
