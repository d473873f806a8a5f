"""What Django's own check says of the crisis lines: whoever runs the hub has to ring them."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from easeoff.web.directory.selectors import first_run_list, today

HINT = "Ring each line, then press “Confirmed today by telephone” in /back-office/. Set EASEOFF_EMERGENCY_NUMBERS, such as GB=999."


@register("directory")
def crisis_lines(**_: Any) -> list[CheckMessage]:
    """One warning for each country of this hub whose crisis panel lacks something."""
    return [Warning(sentence, hint=HINT, id="directory.W001") for sentence in first_run_list(today())]
