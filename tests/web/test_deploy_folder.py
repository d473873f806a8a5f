"""What ``deploy/`` gives to whoever runs a hub agrees with the hub, and its own checkers find nothing wrong with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import easeoff

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = ("easeoff@.service", "easeoff-backup.service", "easeoff-backup.timer")
SERVICES = UNITS[:2]


def _text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def _rules(name: str) -> str:
    """A file without its comments."""
    return "\n".join(line for line in _text(name).splitlines() if not line.lstrip().startswith("#"))


def _example() -> dict[str, str]:
    """The settings of the example as systemd and the shell read them."""
    return dict(line.split("=", 1) for line in _rules("easeoff.env.example").splitlines() if line)


def test_the_example_names_every_setting_that_the_code_reads_and_no_other() -> None:
    package = Path(easeoff.__file__).parent
    read = {
        name
        for path in package.rglob("*.py")
        for name in re.findall(r"\bEASEOFF_[A-Z_]+\b", path.read_text())
    }
    named = set(re.findall(r"^#?(EASEOFF_[A-Z_]+)=", _text("easeoff.env.example"), re.M))
    assert named == read


def test_django_s_deployment_check_finds_nothing_but_crisis_lines_that_nobody_has_rung(
    tmp_path: Path,
) -> None:
    settings = {**_example(), "EASEOFF_DATA_DIR": str(tmp_path), "EASEOFF_DATABASE_URL": ""}
    # The browser tests set a switch for their own process that no deployment may have.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    ran = subprocess.run(
        [sys.executable, "-m", "easeoff.web.manage", "check", "--deploy"], env=outside | settings,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert set(re.findall(r"^\?: \((.*?)\)", ran.stderr, re.M)) == {"directory.W001"}


@pytest.mark.parametrize("name", SERVICES)
def test_the_services_may_do_no_more_than_they_need(name: str) -> None:
    lines = set(_rules(name).splitlines())
    assert {"User=easeoff", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
            "CapabilityBoundingSet=", "IPAddressDeny=any", "UMask=0077", "LimitCORE=0"} <= lines  # fmt: skip
    assert not any(line.startswith("ReadWritePaths") for line in lines)


def test_the_ports_of_the_readme_are_those_of_the_web_server() -> None:
    ports = set(re.findall(r"127\.0\.0\.1:(\d+)", _rules("Caddyfile")))
    assert ports == set(re.findall(r"easeoff@(\d+)", _text("README.md"))) == {"8001", "8002"}


def test_the_readme_names_only_files_and_commands_that_are_there() -> None:
    said = _text("README.md")
    for name in (*UNITS, "easeoff-manage", "easeoff.env.example", "Caddyfile"):
        assert name in said and (DEPLOY / name).exists()
    for link in re.findall(r"\]\(([^)#]+)\)", said):
        assert (DEPLOY / link).exists(), link


def test_the_web_server_writes_no_access_log_and_leaves_the_hub_s_headers_alone() -> None:
    rules = _rules("Caddyfile")
    assert re.findall(r"^\s*log\b.*", rules, re.M) == ["\tlog default {"]
    assert re.search(r"exclude http\.log http\.handlers http\.stdlib", rules)
    proxied = rules[: rules.index("handle_errors")]
    assert re.findall(r"^\theader .*", proxied, re.M) == ["\theader -Server"]
    assert "method GET" in proxied and "encode @same_for_all" in proxied


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not on this computer")
def test_the_web_server_s_own_checker_takes_its_file(tmp_path: Path) -> None:
    here = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    ran = subprocess.run(
        ["caddy", "validate", "--config", DEPLOY / "Caddyfile", "--adapter", "caddyfile"],
        env=os.environ | here, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0 and "Valid configuration" in ran.stdout + ran.stderr
    assert '"level":"warn"' not in ran.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this computer")
def test_systemd_s_own_checker_takes_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        (tmp_path / name).write_text(re.sub(r"/opt/easeoff/\S+", "/bin/true", _text(name)))
    for name in (*UNITS[1:], "easeoff@8001.service"):
        ran = subprocess.run(
            ["systemd-analyze", "verify", tmp_path / name],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0 and str(tmp_path) not in ran.stderr, ran.stderr


def test_the_helper_is_a_shell_script_that_any_shell_reads() -> None:
    subprocess.run(["sh", "-n", DEPLOY / "easeoff-manage"], check=True)
    assert os.access(DEPLOY / "easeoff-manage", os.X_OK)
