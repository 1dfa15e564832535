"""From a chart to a picture that can stand alone."""

from collections.abc import Callable
from typing import Any

from headwater.documents.charts.bars import draw_bars
from headwater.documents.charts.control import draw_control
from headwater.documents.charts.funnel import draw_funnel
from headwater.documents.charts.lines import draw_lines
from headwater.documents.charts.lorenz import draw_lorenz
from headwater.documents.charts.maps import draw_map
from headwater.documents.charts.model import (
    BarChart,
    Chart,
    ControlChart,
    FunnelChart,
    LineChart,
    LorenzChart,
    MapChart,
    SpineChart,
    TheoryChart,
)
from headwater.documents.charts.pen import Drawing, standalone
from headwater.documents.charts.spine import draw_spine
from headwater.documents.charts.theory import draw_theory


def draw(chart: Chart, *, title: str, description: str, uid: str, width: float = 720) -> str:
    """One SVG document: named, described, and the same to the byte every time.

    `uid` must be unlike that of any other picture on the page: it begins every id inside. `width` is that of the
    paper; the lettering stays the same size, so a picture for a phone is drawn at 360 rather than shrunk.
    """
    return standalone(_drawn(chart, uid, width), width=width, title=title, description=description, uid=uid)


def _drawn(chart: Chart, uid: str, width: float) -> Drawing:
    return _DRAW[type(chart)](chart, uid, width)


_DRAW: dict[type[Chart], Callable[[Any, str, float], Drawing]] = {
    LineChart: draw_lines,
    ControlChart: draw_control,
    BarChart: draw_bars,
    FunnelChart: draw_funnel,
    LorenzChart: draw_lorenz,
    SpineChart: draw_spine,
    MapChart: draw_map,
    TheoryChart: draw_theory,
}
