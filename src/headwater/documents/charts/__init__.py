"""Charts and maps: what is drawn, and how it becomes an accessible SVG."""

from headwater.documents.charts.drawing import draw
from headwater.documents.charts.model import (
    Band,
    Bar,
    BarChart,
    Chart,
    ControlChart,
    FunnelChart,
    FunnelPoint,
    LineChart,
    LorenzChart,
    MapArea,
    MapChart,
    Ring,
    Series,
    SpineChart,
    SpineRow,
)

__all__ = [
    "Band",
    "Bar",
    "BarChart",
    "Chart",
    "ControlChart",
    "FunnelChart",
    "FunnelPoint",
    "LineChart",
    "LorenzChart",
    "MapArea",
    "MapChart",
    "Ring",
    "Series",
    "SpineChart",
    "SpineRow",
    "draw",
]
