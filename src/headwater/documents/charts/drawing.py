"""From a chart to a picture that can stand alone."""

from headwater.documents.charts.model import Chart
from headwater.documents.charts.pen import element, standalone, text


def draw(chart: Chart, *, title: str, description: str, uid: str) -> str:
    """One SVG document: named, described, and the same to the byte every time.

    `uid` must be unlike that of any other picture on the page: it begins every id inside.
    """
    picture = element("g", None, text(360, 150, type(chart).__name__))
    return standalone(picture, height=300, title=title, description=description, uid=uid)
