"""Django's `migrate`, waiting for no lock longer than MIGRATION_LOCK_TIMEOUT: behind it everybody else would wait."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

LOCK_NOT_AVAILABLE = "55P03"


class Command(migrate.Command):
    def handle(self, *args, database, **options):
        connection = connections[database]
        seconds = settings.MIGRATION_LOCK_TIMEOUT
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds}s"])
        try:
            super().handle(*args, database=database, **options)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE:
                raise
            raise CommandError(
                f"Somebody held a lock for more than {seconds} seconds; the migration that waited changed nothing. "
                "Run migrate again at a quieter moment. (Table pg_stat_activity shows who holds it.)"
            ) from error
        finally:
            if connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("RESET lock_timeout")
