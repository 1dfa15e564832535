"""Django's own check of a deployment finds nothing to say of the settings that production runs on."""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

pytestmark = pytest.mark.one_database

POSTGRESQL = "postgresql://headwater:not-asked-for-here@database.example/headwater"
"""An address only: the check connects to no database."""


def _checked(workspace: Path, **said: str) -> subprocess.CompletedProcess[str]:
    """What `check --deploy` answers in a process with production's environment."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("HEADWATER_")}
    environment = outside | {
        "DJANGO_SETTINGS_MODULE": "headwater.web.settings",
        "HEADWATER_WORKSPACE": str(workspace),
        "HEADWATER_SECRET_KEY": secrets.token_urlsafe(64),
        "HEADWATER_HOSTS": "rooms.example",
        "PYTHONWARNINGS": "error",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environment | said, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("address", [POSTGRESQL, ""], ids=["postgresql", "sqlite"])
def test_production_is_checked_and_nothing_is_found(address: str, tmp_path: Path) -> None:
    answer = _checked(tmp_path, HEADWATER_DATABASE=address)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "no issues (0 silenced)" in answer.stdout


def test_without_https_the_same_check_complains(settings: Any) -> None:
    """Were the check deaf, it would be deaf here too: these are the settings of one's own machine."""
    settings.SECURE_HSTS_SECONDS = 0
    settings.SESSION_COOKIE_SECURE = False
    with pytest.raises(SystemCheckError) as found:
        call_command("check", deploy=True, fail_level="WARNING")
    assert all(named in str(found.value) for named in ("SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS"))
