"""What is looked up once is what would be looked up each time: sentences, addresses, what follows from shared words."""

import select
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import ProgrammingError, connection, connections
from django.template import Context, Engine
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from django.utils import translation
from django.utils.translation import trans_real

from design import addresses, near, sooner
from design.addresses import address


def test_a_sentence_is_kept_in_the_language_in_which_it_was_said():
    for _ in range(2):
        with translation.override("de"):
            assert translation.gettext("Yes") == "Ja"
        with translation.override("cy"):
            assert translation.gettext("Yes") != "Ja"
        with translation.override("en-gb"):
            assert translation.gettext("Yes") == "Yes"


def test_catalogues_that_are_read_again_say_what_they_say_now():
    german, again = trans_real.translation("de"), trans_real.DjangoTranslation("de")
    assert german.gettext("Yes") == "Ja"
    again._catalog._catalogs.insert(0, {"Yes": "Jawohl"})
    assert [again.gettext("Yes"), german.gettext("Yes")] == ["Jawohl", "Ja"]


def test_no_more_sentences_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(sooner, "MOST", 2)
    monkeypatch.setattr(sooner, "LONGEST", 20)
    german = trans_real.DjangoTranslation("de")
    for message in ("x" * 21, "Said 1", "Said 2", "Said 3"):
        assert german.gettext(message) == message
    assert set(german._said) == {"Said 1", "Said 2"}


def test_each_thread_speaks_its_own_language():
    with translation.override("de"), ThreadPoolExecutor(1) as others:
        assert others.submit(translation.get_language).result() == "en-gb"
        others.submit(translation.activate, "cy").result()
        assert translation.get_language() == "de"
        assert others.submit(translation.get_language).result() == "cy"


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("stories:story", ["a-story-1"]),
        ("networks:person", ["a_B-3"]),
        ("places:place", ["north-west"]),
        ("practices:practice", ["rule-or-habit"]),
        ("crossings:crossing", ["housing", "mental-health"]),
        ("crossings:crossing", ["mental-health", "housing"]),
    ],
)
@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_an_address_reads_as_django_would_write_it(name, keys, language):
    with translation.override(language):
        for _ in range(2):
            assert address(name, *keys) == reverse(name, args=keys)


@pytest.mark.parametrize(
    ("tag", "given"),
    [
        ('url "stories:list"', {}),
        ('url "stories:story" key', {"key": "a-story-1"}),
        ('url "stories:story" key as found', {"key": 'a<b>&"c"'}),
        ('url "stories:story" slug=key', {"key": "a-story-1"}),
        ('url "stories:story" key as found', {"key": "a-story-1"}),
        ('url "stories:nowhere" key as found', {"key": "a-story-1"}),
        ('url name "one" "two" "three" "four" "five" as found', {"name": "stories:story"}),
    ],
)
@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.parametrize("autoescape", [True, False])
def test_the_tag_of_an_address_says_what_djangos_own_says(tag, given, language, autoescape):
    page = f"{{% {tag} %}}|{{{{ found }}}}"
    ours, of_django = Engine(builtins=["design.templatetags.addresses"]), Engine()
    with translation.override(language):
        said = [
            engine.from_string(page).render(Context(given, autoescape=autoescape))
            for engine in (ours, of_django)
            for _ in range(2)
        ]
    assert len(set(said)) == 1
    assert (said[0] == "|") == (given.get("key") == 'a<b>&"c"' or "nowhere" in tag or "five" in tag)


def test_an_address_that_nobody_has_is_an_error_as_in_django():
    engine = Engine(builtins=["design.templatetags.addresses"])
    with pytest.raises(NoReverseMatch):
        engine.from_string('{% url "stories:nowhere" %}').render(Context())


def test_other_addresses_are_other_addresses(settings):
    assert address("stories:list") == "/stories/"
    settings.ROOT_URLCONF = "design.tests.urls"
    with pytest.raises(NoReverseMatch):
        address("stories:list")


def test_a_key_that_means_something_in_an_address_goes_to_django(monkeypatch):
    asked = []
    monkeypatch.setattr(addresses, "reverse", lambda name, args: asked.append(args) or "/")
    for key in ("a/b", "%s", "a b", "é", "x\n", 7):
        address("stories:story", key)
    assert len(asked) == 6


def test_what_follows_from_shared_words_is_as_old_as_they_are():
    made = []

    def derived(source, name="test"):
        return near.derived(name, source, make=lambda: made.append(source) or list(source))

    words, same = ["a"], ["a"]
    assert derived(words) is derived(words)
    assert derived(same) is not derived(words)
    with translation.override("de"):
        assert derived(words) is not None
    assert [one is words for one in made] == [True, False, True]
    derived(words, name="other")
    assert len(made) == 4


def test_little_is_kept_of_what_follows_from_shared_words():
    for number in range(near.MOST_DERIVED + 9):
        near.derived("test", [number], make=lambda number=number: number)
    assert len(near._derived) == near.MOST_DERIVED
    # Whatever took the number of an object that has gone is another object.
    assert [near.derived("test", [number], make=lambda number=number: number) for number in range(9)] == [*range(9)]


def test_what_was_made_of_words_that_were_fetched_anew_since_is_let_go(monkeypatch):
    monkeypatch.setattr(near, "SECONDS_DERIVED", 0.05)
    near.derived("old", [1], make=list)
    time.sleep(0.06)
    near.derived("new", [2], make=list)
    assert [key[0] for key in near._derived] == ["new"]


# --- Whose page an address is -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/stories/", "/stories/a-story-1/", "/crossings/housing--mental-health/", "/admin/"]
)
def test_an_address_is_the_same_page_the_second_time(path):
    django = sooner._resolve(get_resolver(), path)
    for _ in range(2):
        found = resolve(path)
        assert vars(found) == {**vars(django), "tried": None}
        assert (found.func, found.view_name, found.route) == (django.func, django.view_name, django.route)
        found.kwargs["more"] = "put in by whoever looked first"


def test_nobodys_address_is_nobodys_each_time():
    for _ in range(2):
        with pytest.raises(Resolver404):
            resolve("/stories/no such thing/at all")


def test_an_address_in_another_language_is_not_one_in_this():
    for _ in range(2):
        with translation.override("cy"):
            assert resolve("/cy/stories/").view_name == "stories:list"
        with translation.override("en-gb"):
            assert resolve("/cy/stories/").view_name != "stories:list"


# --- Whether a kept connection lives ----------------------------------------------------------------------------------


@pytest.fixture
def another():
    """A connection of its own, and a way to end it from here."""
    line = connection.copy()
    line.connect()
    yield line
    line.close()


@pytest.mark.django_db
def test_a_connection_that_lives_is_not_asked(another, monkeypatch):
    assert another.is_usable()  # the first time it is
    monkeypatch.setattr(sooner, "_asked", lambda line: pytest.fail("PostgreSQL was asked"))
    assert another.is_usable()


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["nobody asked for long", "another connection of the same"])
def test_a_connection_of_which_nothing_is_known_is_asked(another, monkeypatch, why):
    assert another.is_usable()
    if why == "nobody asked for long":
        monkeypatch.setattr(sooner, "ASKED_AFTER", 0)
    else:
        another.close()
        another.connect()
    monkeypatch.setattr(sooner, "_asked", lambda line: False)
    assert not another.is_usable()


@pytest.mark.django_db
def test_a_connection_that_postgresql_ended_is_no_use(another):
    assert another.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [another.connection.info.backend_pid])
    assert not another.is_usable()


@pytest.mark.django_db
def test_a_connection_on_which_something_else_came_is_asked(another):
    with another.cursor() as cursor:
        cursor.execute("LISTEN said")
    with connection.copy().cursor() as cursor:
        cursor.execute("NOTIFY said")
    assert select.select([another.connection], [], [], 5)[0]
    assert another.is_usable()


@pytest.mark.django_db
def test_a_transaction_in_which_something_failed_is_no_use(another):
    another.set_autocommit(False)
    with pytest.raises(ProgrammingError), another.cursor() as cursor:
        cursor.execute("SELECT nothing_of_the_kind")
    assert not another.is_usable()
    another.rollback()
    assert another.is_usable()


@pytest.mark.django_db
def test_one_that_was_never_made_or_was_closed_here_is_no_use(another):
    assert not connection.copy().is_usable()
    assert another.is_usable()
    another.connection.close()
    assert not another.is_usable()


def test_each_thread_has_connections_and_caches_of_its_own():
    assert type(connections._connections) is threading.local
    for handler in (connections, caches):
        with ThreadPoolExecutor(1) as others:
            assert others.submit(handler.__getitem__, "default").result() is not handler["default"]
