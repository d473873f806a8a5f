"""Let someone into the back office, or take them out again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from easeoff.web.directory.models import Keeper


class Command(BaseCommand):
    """``make_staff NAME --role volunteer``: asks for a password, or reads one line with ``--password-stdin``."""

    help = "Makes an account for the back office, or sets its password anew. The public sees only the role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, in which role."""
        parser.add_argument("name", help="the name to sign in with")
        parser.add_argument(
            "--role", default="volunteer", help="what the public sees: volunteer, clinician, charity worker"
        )
        parser.add_argument("--superuser", action="store_true", help="may also change the roles of others")
        parser.add_argument("--remove", action="store_true", help="this person may no longer sign in")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make, change or close the account."""
        users = get_user_model()
        user = users.objects.filter(username=options["name"]).first()
        if options["remove"]:
            if user is None:
                raise CommandError(f"There is nobody called {options['name']}.")
            users.objects.filter(pk=user.pk).update(is_active=False)
            self.stdout.write(f"{options['name']} can no longer sign in.")
            return
        user = user or users(username=options["name"])
        password = _password(from_stdin=options["password_stdin"])
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        user.set_password(password)
        user.is_staff, user.is_active, user.is_superuser = True, True, options["superuser"]
        user.save()
        Keeper.objects.update_or_create(user=user, defaults={"role": options["role"][:60]})
        self.stdout.write(f"{options['name']} can sign in at /back-office/ as {options['role']}.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass("Password (at least 12 letters): ")
    if first != getpass("Again: "):
        raise CommandError("The two passwords are not the same.")
    return first
