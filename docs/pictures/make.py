# ruff: noqa: INP001 - a script and not a module
"""Make the pictures of the README again from an edition of Aldermere.

    headwater demo
    python docs/pictures/make.py aldermere/editions/latest/site

Needs Playwright (among the development requirements) and a Chromium: the one on the path, or else Playwright's own.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
WINDOW = {"width": 1200, "height": 900}
WIDE = 830
SMALLER = 0.8
"""So that each picture stays well under 150 kB."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page it is taken of, and what stands at its top."""

    name: str
    page: str
    above: str
    height: int
    room: int = 16
    """How much of the page is left over the top."""


PICTURES = (
    Picture("control-chart", "time.html", "#violence-control", 510),
    Picture("map", "place.html", "#violence-map", 700),
    Picture("opened-number", "figures-violence-rate.html", "main h2", 800),
)


def take(page: Page, site: Path, picture: Picture) -> Path:
    """Open the page, find what the picture is of, and keep that much of it."""
    page.goto((site / picture.page).resolve().as_uri())
    found = page.locator(picture.above).first.bounding_box()
    if found is None:
        raise SystemExit(f"{picture.page} has no {picture.above}: is {site} the site of an edition?")
    top = max(found["y"] - picture.room, 0)
    target = HERE / f"{picture.name}.png"
    page.screenshot(
        path=target,
        full_page=True,
        clip={"x": found["x"] - 16, "y": top, "width": WIDE, "height": picture.height},
    )
    return target


def main(site: Path) -> None:
    """Take every picture of one site."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--disable-gpu"])
        page = chromium.new_page(viewport=WINDOW, device_scale_factor=SMALLER)
        for picture in PICTURES:
            taken = take(page, site, picture)
            sys.stdout.write(f"{taken.name}: {taken.stat().st_size / 1000:.0f} kB\n")
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
