"""What every test shares: how hard Hypothesis looks, and a database of its own with the entries of the release in it.

A slow machine is no failure, so no example is timed; the same tree gives the same answer, so the examples are always the same
(``tests/property/conftest.py`` says how to draw others).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A database of its own for each worker, which is what the suffix is for; with SQLite a file, so that the threads of a
    running hub and the tests see the same one; and nothing that outlives a request."""
    from django.conf import settings as django_settings

    default = django_settings.DATABASES["default"]
    default["CONN_MAX_AGE"] = 0
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_blocker,
) -> Iterator[None]:
    """The tables, and what ``easeoff serve`` loads at its start.

    Always made, where pytest-django's own fixture makes a database only for tests that ask for one: the tests in the
    browser ask the running hub, and could not be run alone.
    """
    from django.test.utils import setup_databases, teardown_databases

    from easeoff.web.directory.seeding import load_shipped

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=django_db_keepdb)
        load_shipped()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _end_other_sessions()
            teardown_databases(made, verbosity=0)


def _end_other_sessions() -> None:
    """A thread of a hub that was asked may still hold a session, and PostgreSQL drops no database that is in use."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
