"""Whether what the pages are dressed with is there: `make` fetches it, and a plain `pip install` of the source does not."""

from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "vendor"
NEEDED = (
    "govuk/govuk-frontend.min.css",
    "govuk/govuk-frontend.min.js",
    "maplibre/maplibre-gl.mjs",
    "maplibre/maplibre-gl-worker.mjs",
    "maplibre/maplibre-gl.css",
)
WHAT_TO_DO = (
    "The style sheets and scripts of the pages are not here: they are fetched when Headwater is built from its source, and this one "
    "was not built whole. In the folder of the source run `make serve`. Without make, where npm is installed: "
    "`npm ci --prefix assets`, then `python assets/vendor.py`, then install Headwater again. A wheel made after that has them inside."
)


def missing_assets(vendor: Path = VENDOR) -> bool:
    """Is any file that the pages ask for not there?"""
    return not all((vendor / name).is_file() for name in NEEDED)
