"""A number that carries its papers, so that it cannot be printed without them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conversion:
    """Some of a count was carried from one set of areas to another by weights, so the figure is an estimate."""

    share: float
    """The part of the count that was apportioned, 0 to 1."""
    basis: str
    """In words: from what, to what, by which weights."""

    @property
    def marker(self) -> str:
        return "[e]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number that can answer: by what rule, how sure, out of what, from which data?"""

    value: float
    unit: str
    """What one of it is, in words: 'crimes', 'per 1,000 residents', '%', 'times'."""
    decimals: int
    """How many decimals it is printed with."""
    method: str
    """The name of its page among the methods, e.g. 'crude_rate'."""
    snapshots: tuple[str, ...]
    """The lake shelves it was read from."""
    lower: float | None = None
    upper: float | None = None
    confidence: float = 0.95
    numerator: float | None = None
    denominator: float | None = None
    per: float | None = None
    conversion: Conversion | None = None

    def __post_init__(self) -> None:
        if not self.snapshots:
            raise ValueError(f"{self.method}: an estimate must name the snapshots it came from")
        if not 0 < self.confidence < 1:
            raise ValueError(f"confidence is a share of one, not {self.confidence}")

    @property
    def text(self) -> str:
        """The figure as printed. A converted figure keeps its mark."""
        shown = f"{self.value:,.{self.decimals}f}"
        if float(shown.replace(",", "")) == 0:  # never print a minus nought
            shown = shown.removeprefix("-")
        suffix = "%" if self.unit == "%" else ""
        return f"{shown}{suffix}" if self.conversion is None else f"{shown}{suffix} {self.conversion.marker}"

    @property
    def interval_text(self) -> str:
        """'1.2 to 3.4', or nothing where there is no interval."""
        if self.lower is None and self.upper is None:
            return ""
        ends = ("not defined" if end is None else f"{end:,.{self.decimals}f}" for end in (self.lower, self.upper))
        return " to ".join(ends)
