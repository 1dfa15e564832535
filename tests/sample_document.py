"""A small publication with every block and every chart in it, for the tests of every format.

The text is chosen to be awkward: ampersands, angle brackets, quotation marks, pound signs, a formula, anchors with
slashes and spaces, and every kind of cell.
"""

import math
from collections.abc import Sequence

from headwater.documents import (
    Bullets,
    Column,
    Document,
    Entry,
    Facts,
    Figure,
    Heading,
    Link,
    Note,
    Number,
    Page,
    Paragraph,
    Quoted,
    Table,
    Text,
    Tile,
    Tiles,
)
from headwater.documents.charts import (
    Arrow,
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
    Series,
    SpineChart,
    SpineRow,
    Stage,
    Step,
    TheoryChart,
)
from headwater.vocabulary import (
    Cell,
    Conversion,
    Estimate,
    LowReliability,
    Missing,
    NotApplicable,
    NotCollected,
    Shown,
    Suppressed,
    months_between,
)

DISTRICTS = ("Aldermere City", "Brack & Fenwold", "Carrow", "Dunstead-on-the-Wold", "Eastmarsh")
MONTHS = months_between("2022-04", "2025-03")
RATE = "violence.rate/2024-25/X99000001"
SYMBOLS = (
    ("[c]", "confidential: withheld to protect people"),
    ("[e]", "estimated: carried from one set of areas to another by weights"),
    ("[n]", "not collected by anyone"),
    ("[u]", "low reliability: too few events to lean on"),
    ("[x]", "not available: the data for it did not all arrive"),
    ("[z]", "not applicable"),
)


def estimate(value: float, unit: str = "per 1,000 residents", decimals: int = 1, *, share: float = 0) -> Estimate:
    """An estimate with an interval of a tenth either side; `share` of it carried between sets of areas."""
    carried = Conversion(share, "LSOA 2011 to LSOA 2021, by population") if share else None
    return Estimate(
        value=value,
        unit=unit,
        decimals=decimals,
        method="crude_rate",
        snapshots=("0123456789abcdef",),
        lower=value * 0.9,
        upper=value * 1.1,
        conversion=carried,
    )


def place_anchor(place: str) -> str:
    """The anchor of a district's row among the papers."""
    return f"{RATE}/{place}"


def sample_document() -> Document:
    """The whole of it."""
    return Document(
        title="Violence in Aldermere: a needs assessment",
        subtitle="What happened, where, to whom & how sure we are",
        author="Aldermere Violence Reduction Unit",
        published="2026-11-23",
        pages=(summary(), trends(), places(), papers(), method()),
        licence="Open Government Licence v3.0",
        notices=("Contains invented data. © Nobody at all, “2026”.", "Boundaries <drawn> by hand."),
        banner="Aldermere is a county that does not exist. Every figure here is invented.",
        software="Headwater 0.1",
        symbols=SYMBOLS,
    )


def summary() -> Page:
    """Tiles, sentences with figures in them, notes and a list."""
    return Page(
        "summary",
        "Summary",
        (
            Note(
                "fictional",
                "Aldermere does not exist",
                (Text("It was made up to show what Headwater does. Do not quote it."),),
            ),
            Tiles(
                (
                    Tile(
                        "Violence recorded", Number("24,310", RATE, "crimes in the year"), "up 2.1% on the year before"
                    ),
                    Tile(
                        "Rate per 1,000",
                        Number("31.4", RATE, "crimes per 1,000 residents"),
                        "95% interval 31.0 to 31.8",
                    ),
                    Tile("Stop and search", Number("[x]", "coverage", "searches"), "two months of data did not arrive"),
                )
            ),
            Heading(2, "What we found", "what-we-found"),
            Paragraph(
                (
                    Text("Police recorded "),
                    Number("24,310", RATE, "violent crimes in Aldermere, 2024-25"),
                    Text(" violent crimes, a rate of "),
                    Number("31.4", RATE, "violent crimes per 1,000 residents, 2024-25"),
                    Text(" per 1,000 residents. It cost more than £1m, “<b>not</b>” counting A&E. "),
                    Text("This is not a fall.", strong=True),
                    Text(" See "),
                    Link("trends", "#trend"),
                    Text(" or "),
                    Link("the police's own site", "https://data.police.uk/about/?a=1&b=2"),
                    Text("."),
                )
            ),
            Note("caveat", "Recording changed in May 2023", (Text("Compare years across it with care."),)),
            Note("warning", "Two months are missing", (Text("Searches in July and August 2023 never arrived."),)),
            Heading(3, "What should happen next"),
            Bullets(
                (
                    (Text("Look at "), Number("Carrow", place_anchor("Carrow"), "Carrow's rate"), Text(" first.")),
                    (Text("Ask why.", strong=True), Text(" Then ask again.")),
                    (Link("Read how it was done", "#how rates are made"),),
                )
            ),
        ),
        group="The short of it",
    )


def trends() -> Page:
    """Every chart over time, and the Lorenz curve."""
    return Page(
        "trends",
        "Trends & concentration",
        (
            Heading(2, "Over time", "trend"),
            Paragraph((Text("Month by month, and by the rolling year."),)),
            figure("control", "Violence recorded each month", control_chart()),
            figure("rolling", "Violence in the year to each month", line_chart()),
            figure("searches", "Searches each month", upright_chart()),
            Heading(2, "How concentrated it is"),
            figure("lorenz", "A few areas carry most of the harm", lorenz_chart()),
            figure("theory", "What follows from what", theory_chart()),
            figure("spine", "Where life is harder than in England as a whole", spine_chart()),
        ),
        group="What the figures say",
    )


def places() -> Page:
    """Bars, ratios, funnel, map, and a wide table with every kind of cell."""
    return Page(
        "places",
        "Places",
        (
            Heading(2, "Districts", "districts"),
            cells_table(),
            figure("district-rates", "Rates by district", bar_chart()),
            figure("rate-ratios", "Who is searched", ratio_chart()),
            figure("funnel", "Which districts differ by more than chance", funnel_chart()),
            figure("map", "Where violence is recorded", map_chart()),
            wide_table(),
        ),
        group="What the figures say",
    )


def papers() -> Page:
    """The papers of the rate: facts, and a table whose rows are anchors."""
    rows = tuple((place, estimate_of(place)) for place in DISTRICTS)
    return Page(
        "violence-rate",
        "Violence per 1,000 residents",
        (
            Heading(2, "Aldermere, 2024-25", RATE),
            Facts(
                (
                    ("Figure", (Text("31.4 per 1,000 residents"),)),
                    ("95% interval", (Text("31.0 to 31.8"),)),
                    ("Method", (Link("Crude rate", "#how rates are made"),)),
                    ("Source", (Link("data.police.uk", "https://data.police.uk"), Text(", landed 2026-10-01"))),
                )
            ),
            Table(
                "violence-rate-papers",
                "The rate in each district",
                (Column("District"), Column("Rate per 1,000", numeric=True, decimals=1)),
                rows,
                row_anchors=tuple(place_anchor(place) for place in DISTRICTS),
            ),
            Heading(2, "Coverage", "coverage"),
            Paragraph((Text("Eleven of twelve months arrived."),)),
        ),
        part="papers",
        group="Violence",
    )


def method() -> Page:
    """A page about method, to which other pages link."""
    return Page(
        "methods",
        "How rates are made",
        (
            Heading(2, "Crude rates", "how rates are made"),
            Paragraph((Text("Events divided by residents. Nothing cleverer."),)),
            Heading(3, "Intervals"),
            Heading(4, "Byar's method"),
            Paragraph((Text("Good to small counts."),)),
        ),
        part="papers",
        group="Methods",
    )


def estimate_of(place: str) -> Cell:
    """A cell for each district, each of a different kind."""
    cells: dict[str, Cell] = {
        "Aldermere City": Shown(estimate(41.2)),
        "Brack & Fenwold": Shown(estimate(22.9, share=0.04)),
        "Carrow": LowReliability(estimate(12.3), "fewer than 20 events"),
        "Dunstead-on-the-Wold": Suppressed("small", "Aldermere policy 2"),
        "Eastmarsh": Missing("March 2025 did not arrive"),
    }
    return cells[place]


def cells_table() -> Table:
    """Every kind of cell, some of them quoted, beside bare numbers and words that look like a formula."""
    extra: tuple[Cell, ...] = (
        Shown(estimate(-2.5, "%")),
        NotApplicable("there is no year before"),
        NotCollected("nobody counts it"),
        Shown(estimate(-0.01, "%")),
        Shown(estimate(1234.5, "%")),
    )
    rows: tuple[tuple[Entry, ...], ...] = tuple(
        (place, 10_000 * (i + 1), Quoted(estimate_of(place), place_anchor(place)), cell, -3.25 * i, words)
        for i, (place, cell, words) in enumerate(
            zip(DISTRICTS, extra, ("=1+1", "-", "plain", "@sum", "<script>alert(1)</script>"), strict=True)
        )
    )
    return Table(
        "district-table",
        "Violence by district, 2024-25",
        (
            Column("District"),
            Column("Residents", numeric=True),
            Column("Rate per 1,000", numeric=True, decimals=1),
            Column("Change on the year", numeric=True),
            Column("Difference", numeric=True, decimals=2),
            Column("+Remark"),
        ),
        rows,
        note="Rates are per 1,000 residents at mid-2024 & are crude.",
    )


def wide_table() -> Table:
    """Wider than a phone and longer than a page."""
    columns = (Column("Month"), *(Column(f"{place}, recorded crimes", numeric=True) for place in DISTRICTS * 2))
    rows = tuple((month, *(100 * i + 7 * j for j in range(10))) for i, month in enumerate(MONTHS))
    return Table("wide", "Recorded crimes by month and district", columns, rows)


def figure(name: str, caption: str, chart: Chart) -> Figure:
    """A figure with a small table behind it."""
    table = Table(
        f"{name}-table",
        f"{caption}: the figures",
        (Column("What"), Column("Value", numeric=True, decimals=1)),
        (("First", 12.5), ("Second", -3.0), ("=Third", 1000.0)),
    )
    return Figure(name, caption, f"{caption}, drawn. The table beneath holds the same figures.", chart, table)


def wave(i: int, *, level: float = 100, swing: float = 12) -> float:
    """A series that wanders without chance."""
    return round(level + swing * math.sin(i * 1.7) + swing / 2 * math.cos(i * 0.6), 1)


def control_chart() -> ControlChart:
    """Three years of months: a gap, a rebase with a step, and signals on both sides."""
    values: list[float | None] = [wave(i, level=2000, swing=90) + (260 if i >= 20 else 0) for i in range(36)]
    values[9] = 2420.0
    values[30] = 1850.0
    gap = {14, 15}
    values = [None if i in gap else v for i, v in enumerate(values)]
    centre = [2000.0] * 20 + [2260.0] * 16
    signals = tuple("high" if i == 9 else "low" if i == 30 else "" for i in range(36))
    return ControlChart(
        labels=MONTHS,
        values=tuple(values),
        centre=tuple(centre),
        lower=tuple(c - 270 for c in centre),
        upper=tuple(c + 270 for c in centre),
        signals=signals,
        x_title="Month",
        y_title="Recorded crimes",
        bands=(Band(14, 15, "gap", "No data"), Band(20, 20, "break", "Recording changed")),
    )


def line_chart() -> LineChart:
    """Three lines, one with a ribbon, and a gap that must not be joined."""

    def line(name: str, level: float, *, ribbon: bool = False) -> Series:
        values: tuple[float | None, ...] = tuple(
            None if 14 <= i <= 16 else level + wave(i, level=0, swing=1) + i * 0.15 for i in range(36)
        )
        ends = [(None, None) if v is None else (v - 1.2, v + 1.2) for v in values]
        if not ribbon:
            return Series(name, values)
        return Series(name, values, tuple(low for low, _ in ends), tuple(high for _, high in ends))

    return LineChart(
        labels=tuple(f"year to {month}" for month in MONTHS),
        series=(line("Aldermere", 31, ribbon=True), line("Similar areas", 27), line("England & Wales", 25.8)),
        x_title="Year ending",
        y_title="Crimes per 1,000 residents",
        bands=(Band(14, 16, "gap", "Incomplete"),),
    )


def upright_chart() -> BarChart:
    """Months as columns, with a month missing and a reference line."""
    bars = [Bar(month, abs(wave(i, level=300, swing=40))) for i, month in enumerate(MONTHS)]
    bars[15] = Bar(MONTHS[15], None, marker="[x]")
    bars[16] = Bar(MONTHS[16], None, marker="[x]")
    return BarChart(tuple(bars), "Searches", upright=True, reference=300, reference_label="Average 300")


def bar_chart() -> BarChart:
    """Named things with whiskers, one emphasised, one withheld, one that did not arrive."""
    return BarChart(
        (
            Bar("Aldermere City", 41.2, 40.1, 42.3),
            Bar("Aldermere", 31.4, 31.0, 31.8, emphasis=True),
            Bar("Brack & Fenwold", 22.9, 21.5, 24.4),
            Bar("Carrow", 12.3, 7.9, 18.4),
            Bar("Dunstead-on-the-Wold and the villages of the upper dale", None, marker="[c]"),
            Bar("Eastmarsh", None, marker="[x]"),
        ),
        "Recorded crimes per 1,000 residents",
        reference=27.5,
        reference_label="England & Wales 27.5",
    )


def ratio_chart() -> BarChart:
    """Rate ratios on a ratio scale."""
    return BarChart(
        (
            Bar("Black or Black British", 4.1, 3.2, 5.3),
            Bar("Mixed", 1.9, 1.3, 2.7),
            Bar("Asian or Asian British", 1.1, 0.9, 1.4),
            Bar("Other", 0.6, 0.3, 1.2),
            Bar("Not stated", None, marker="[z]"),
        ),
        "Searches per 1,000 residents, compared with White (ratio)",
        reference=1,
        reference_label="Same as White",
        log=True,
    )


def funnel_chart() -> FunnelChart:
    """Forty areas, a few of them outside the limits, close together."""
    limit_x = tuple(float(x) for x in range(10, 401, 10))
    average = 25.0

    def limit(z: float) -> tuple[float, ...]:
        return tuple(average + z * 1000 * math.sqrt(average / 1000 / (x * 1000)) * 12 for x in limit_x)

    points = [
        FunnelPoint(f"District {i + 1}", 20 + 9.1 * i, average + 9 * math.sin(i * 2.1) / (1 + i / 12), "")
        for i in range(36)
    ]
    points += [
        FunnelPoint("Aldermere City", 300, 41.2, "99.8"),
        FunnelPoint("Great Marchingham", 306, 40.2, "99.8"),
        FunnelPoint("Carrow", 120, 9.5, "99.8"),
        FunnelPoint("Eastmarsh", 118, 10.6, "99.8"),
        FunnelPoint("Brack & Fenwold", 210, 35.5, "95"),
    ]
    return FunnelChart(
        tuple(points), limit_x, limit(-1.96), limit(1.96), limit(-3.09), limit(3.09), average,
        "Residents (thousands)", "Recorded crimes per 1,000 residents",
    )  # fmt: skip


def lorenz_chart() -> LorenzChart:
    """A curve well above what chance would give."""
    areas = tuple(i / 50 for i in range(51))
    return LorenzChart(
        areas,
        tuple(1 - (1 - a) ** 3.5 for a in areas),
        tuple(1 - (1 - a) ** 1.35 for a in areas),
        "Share of areas, most affected first",
        "Share of recorded crimes",
    )


def theory_chart() -> TheoryChart:
    stages = (
        Stage("Need", (Step("need", "Young people are hurt with knives on the way home from school"),)),
        Stage(
            "Causes",
            (Step("fear", "Fear", "individual"), Step("friends", "Friends who are involved in crime", "relationship")),
        ),
        Stage("Actions", (Step("mentoring", "Mentoring", "A Charity; evidence: moderate"),)),
        Stage("Outcomes", (Step("fewer", "Fewer are hurt", "cannot be seen"),)),
    )
    arrows = (
        Arrow("need", "fear", "limited", "Those who carry say that they are afraid."),
        Arrow("need", "friends", "weak"),
        Arrow(
            "fear",
            "mentoring",
            "moderate",
            "One adult who is trusted weighs against many who are feared, if they meet every week.",
        ),
        Arrow("friends", "mentoring", "unknown"),
        Arrow("mentoring", "fewer", "strong", "Fewer carry, so fewer are hurt."),
        Arrow("mentoring", "fewer", "harm", "Those who are met together may learn from one another."),
    )
    return TheoryChart(stages, arrows)


def spine_chart() -> SpineChart:
    """Higher, lower, no clear difference, withheld, and nothing to compare with."""
    return SpineChart(
        (
            SpineRow(
                "Permanent exclusions, per 10,000 pupils",
                14.2,
                "14.2",
                11.1,
                "11.1",
                "higher",
                (2, 7.5, 15, 30),
                13,
                16,
            ),
            SpineRow("Suspensions, per 100 pupils", 9.3, "9.3", 9.33, "9.3", "similar", (3, 6.5, 12, 25), 9.1, 9.5),
            SpineRow(
                "Assessments in which gangs were a factor",
                1.1,
                "1.1%",
                2.3,
                "2.3%",
                "lower",
                (0.3, 1.2, 3, 7),
                0.8,
                1.4,
            ),
            SpineRow("Assessments with exploitation", None, "", 3.1, "3.1%", "", (0.5, 2, 4, 8), marker="[c]"),
            SpineRow("A measure that only we have", 5, "5.0", None, "", ""),
        ),
        "Aldermere",
        "England",
        "English local authorities",
    )


def map_chart(across: int = 12, down: int = 8) -> MapChart:
    """A county of wandering quadrilaterals, in metres, split among the districts from west to east."""
    areas = [
        MapArea(
            f"X010{row:03d}{column:03d}",
            f"Area {row}/{column}",
            (_quadrilateral(column, row),),
            None if (row + column) % 17 == 5 else (row * 5 + column * 3 + row * column) % 5,
            hatched=(row * column) % 13 == 7,
        )
        for row in range(down)
        for column in range(across)
    ]
    cuts = [round(i * across / len(DISTRICTS)) for i in range(len(DISTRICTS) + 1)]
    outlines = tuple(
        MapArea(f"X0700000{i}", name, (_block(cuts[i], cuts[i + 1], down),), None) for i, name in enumerate(DISTRICTS)
    )
    return MapChart(
        tuple(areas),
        ("Lowest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Highest fifth"),
        outlines,
        "Recorded crimes per 1,000 residents",
    )


def _corner(column: int, row: int) -> tuple[float, float]:
    return (
        400_000 + 2_500 * column + 700 * math.sin(column * 1.3 + row * 0.9),
        500_000 + 2_500 * row + 700 * math.cos(column * 0.7 + row * 1.9),
    )


def _path(corners: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
    return tuple(_corner(*corner) for corner in (*corners, corners[0]))


def _quadrilateral(column: int, row: int) -> tuple[tuple[float, float], ...]:
    return _path([(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)])


def _block(west: int, east: int, down: int) -> tuple[tuple[float, float], ...]:
    south = [(column, 0) for column in range(west, east)]
    right = [(east, row) for row in range(down)]
    north = [(column, down) for column in range(east, west, -1)]
    left = [(west, row) for row in range(down, 0, -1)]
    return _path([*south, *right, *north, *left])
