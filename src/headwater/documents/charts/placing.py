"""Words on paper without laying them over one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from headwater.documents.charts.plot import Plot


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that words or a mark take up."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Do the two share any paper?"""
        aside = self.right < other.left or other.right < self.left
        return not (aside or self.bottom < other.top or other.bottom < self.top)

    def within(self, plot: Plot) -> bool:
        """Does all of it lie inside the plot?"""
        level = plot.left <= self.left and self.right <= plot.right
        return level and plot.top <= self.top and self.bottom <= plot.bottom


def first_free(boxes: Iterable[Box], taken: Sequence[Box], plot: Plot) -> Box | None:
    """The first box that lies inside the plot and touches none of those taken."""
    return next((b for b in boxes if b.within(plot) and not any(b.touches(other) for other in taken)), None)
