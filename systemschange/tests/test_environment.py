"""The settings and their reference say the same."""

import pytest
from django.core.management import call_command

from systemschange.settings.environment import env
from systemschange.settings.meanings import MEANINGS


def test_the_reference_is_up_to_date():
    call_command("environment")


def test_nothing_is_explained_that_no_setting_reads():
    assert set(MEANINGS) == set(env.defaults)


def test_a_name_that_is_not_explained_cannot_be_read():
    with pytest.raises(LookupError, match="NOT_EXPLAINED"):
        env.str("NOT_EXPLAINED", default="")
