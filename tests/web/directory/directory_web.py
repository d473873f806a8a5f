"""What the tests of the directory's pages share."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from easeoff.directory import Service, load_services
from easeoff.web.directory.models import Keeper, ServiceRecord
from easeoff.web.directory.records import service_of

TODAY = date(2026, 11, 20)
PASSWORD = "a kind and long word"
HOSTILE = "\"><script>alert(1)</script>' OR 1=1; DROP TABLE x; --{{7*7}}{% load x %}"
Change = Callable[..., ServiceRecord]


def staff_client(name: str, role: str = "volunteer") -> Client:
    """Someone who keeps the directory true, signed in."""
    user = User.objects.create_user(name, is_staff=True)
    Keeper.objects.create(user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def service(slug: str) -> Service:
    """One service as it stands in the table."""
    return service_of(ServiceRecord.objects.get(slug=slug))


def words_of(response: HttpResponse) -> str:
    """A page without its tags, as read."""
    page = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(page).split())


SHIPPED = {one.id: one for one in load_services()}
