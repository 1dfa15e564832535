"""What the pages are dressed with: copied without what is GOV.UK's own, and missed with a sentence."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from headwater.web.assets import NEEDED, VENDOR, WHAT_TO_DO, missing_assets

ROOT = Path(__file__).parents[2]
NOTICE = "/*! Made for exclusive use on gov.uk. */"
FACE = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/%s.woff2)}"
ARMS = ".crest:before{background:url(/assets/images/govuk-crest.svg)}"
CSS = NOTICE + FACE % "light" + FACE % "bold" + "p{font-family:GDS Transport,arial}" + ARMS.replace(".crest", ".a") * 3


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    said = importlib.util.spec_from_file_location("vendor", ROOT / "assets" / "vendor.py")
    assert said
    assert said.loader
    module = importlib.util.module_from_spec(said)
    said.loader.exec_module(module)
    return module


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A folder of npm's with as little in it as will do."""
    for name, files in {
        "govuk-frontend": {"dist/govuk/govuk-frontend.min.css": CSS, "dist/govuk/govuk-frontend.min.js": "x;"},
        "maplibre-gl": {
            f"dist/{name}": "//# sourceMappingURL=x.map" for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs")
        }
        | {"dist/maplibre-gl.css": "a{}", "LICENSE.txt": "of the map"},
        "earcut": {"LICENSE": "of what is inside it"},
    }.items():
        for path, text in (
            files | {"package.json": json.dumps({"name": name, "version": "1", "license": "ISC"})}
        ).items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            _ = (tmp_path / name / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_neither_font_nor_arms_are_copied(vendor: ModuleType) -> None:
    assert vendor.without_govuk(CSS) == "p{font-family:arial}" + ".a:before{background:none}" * 3


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (CSS.replace("@font-face{", "@font-face {"), "two faces of GDS Transport"),
        (CSS.replace("govuk-crest", "royal-arms"), "royal arms"),
        (CSS.replace("exclusive use", "use"), "the notice"),
        (CSS + "b{background:url(/assets/images/crown.svg)}", "'/assets/'"),
        (CSS + FACE % "third", "found 3 times, expected 2"),
    ],
)
def test_a_style_sheet_that_is_written_otherwise_is_refused(vendor: ModuleType, css: str, said: str) -> None:
    with pytest.raises(vendor.Changed, match=said):
        vendor.without_govuk(css)


def test_all_that_pages_ask_for_is_copied_with_every_licence(
    vendor: ModuleType, modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "out" / "vendor"
    monkeypatch.setattr(vendor, "HOME", home)
    assert missing_assets(home)
    assert vendor.main([str(modules)]) == 0
    assert not missing_assets(home)
    said = (home / "maplibre" / "LICENCES.txt").read_text("utf-8")
    assert "of the map" in said
    assert "of what is inside it" in said
    assert "Government Digital Service" in (home / "govuk" / "LICENCE.txt").read_text("utf-8")
    assert "sourceMappingURL" not in (home / "maplibre" / "maplibre-gl.mjs").read_text("utf-8")


def test_where_something_is_gone_the_copy_that_was_there_stays(
    vendor: ModuleType,
    modules: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = tmp_path / "out" / "vendor"
    monkeypatch.setattr(vendor, "HOME", home)
    _ = vendor.main([str(modules)])
    (modules / "maplibre-gl" / "dist" / "maplibre-gl.mjs").unlink()
    assert vendor.main([str(modules)]) == 1
    assert "Nothing was copied. maplibre-gl.mjs is no longer" in capsys.readouterr().err
    assert not missing_assets(home)
    assert [path.name for path in home.parent.iterdir()] == ["vendor"]
    assert vendor.main([str(tmp_path / "nowhere")]) == 1
    assert "npm ci" in capsys.readouterr().err


def test_the_lock_names_no_host_and_hashes_everything() -> None:
    lock = json.loads((ROOT / "assets" / "package-lock.json").read_text("utf-8"))
    fetched = {name: said for name, said in lock["packages"].items() if name}
    assert {"node_modules/govuk-frontend", "node_modules/maplibre-gl"} <= set(fetched)
    assert all(said["integrity"].startswith("sha512-") for said in fetched.values())
    assert not any("resolved" in said for said in fetched.values())


@pytest.mark.skipif(missing_assets(), reason="the style sheets were not fetched: make test does")
def test_what_was_copied_asks_for_nothing_that_is_not_there() -> None:
    for name in NEEDED:
        text = (VENDOR / name).read_text("utf-8")
        assert not re.search("GDS Transport|/assets/|sourceMappingURL", text), name
        assert not (name.endswith(".css") and re.search(r"url\((?!\"data:)|@import", text)), name


def test_whoever_has_none_is_told_how_to_get_them() -> None:
    assert "make serve" in WHAT_TO_DO
    assert "npm ci --prefix assets" in WHAT_TO_DO
