"""LibreOffice as a second reader: what it opens, a council's laptop opens."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def convert(path: Path, form: str, folder: Path) -> Path:
    """`path` as LibreOffice understands it, saved in another form. Skips where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        reason = "needs LibreOffice to open the file as its readers will"
        if os.environ.get("HEADWATER_REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{path.stem}.{form.partition(':')[0]}"
