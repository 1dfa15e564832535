"""Charts and maps as pictures for paper: the same drawing the site shows, at a size that fits the page."""

import re
from collections.abc import Sequence
from functools import lru_cache

from headwater.documents.charts import Chart, draw
from headwater.documents.model import Figure
from headwater.documents.typesetting import set_pictures
from headwater.vocabulary import holdable

_VIEW = re.compile(r'viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*"')

_ONE_A_PAGE = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: "Source Sans Pro", fallback: false)
#for (place, picture) in json(bytes(sys.inputs.data)).pictures.enumerate() {
  if place > 0 { pagebreak() }
  image(bytes(picture.svg), format: "svg", width: picture.width * 1pt, height: picture.height * 1pt)
}
"""


def draw_figure(figure: Figure) -> str:
    """The picture of a figure as SVG. It stands alone on paper, so its ids need not differ from those of others."""
    return _drawn(figure.chart, figure.caption, figure.description)


@lru_cache(maxsize=256)
def _drawn(chart: Chart, caption: str, description: str) -> str:
    """One drawing serves both the PDF and the DOCX: a map takes longer to draw than to print."""
    return holdable(draw(chart, title=caption, description=description, uid="picture"))


def fit(svg: str, width: float, height: float) -> tuple[float, float]:
    """The largest width and height, in the units given, at which a picture keeps its shape inside `width` by `height`."""
    found = _VIEW.search(svg)
    if found is None:
        raise ValueError("a picture has no viewBox, so its shape is not known")
    across, down = float(found[1]), float(found[2])
    scale = min(width / across, height / down)
    return across * scale, down * scale


def as_pngs(svgs: Sequence[str], *, width: float, height: float, ppi: float = 160) -> list[bytes]:
    """Each picture as a PNG that fits inside `width` by `height` points. All are made in one run: starting one is slow."""
    if not svgs:
        return []
    sizes = [fit(svg, width, height) for svg in svgs]
    pages = [{"svg": svg, "width": across, "height": down} for svg, (across, down) in zip(svgs, sizes, strict=True)]
    return set_pictures(_ONE_A_PAGE, {"pictures": pages}, ppi=ppi)
