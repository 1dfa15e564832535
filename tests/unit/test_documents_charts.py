"""Every picture: whole, named, honest about what is absent, and the same every time."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from headwater.documents import Document, figures_of
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
    MapArea,
    MapChart,
    Series,
    SpineChart,
    SpineRow,
    Stage,
    Step,
    TheoryChart,
    draw,
    palette,
)
from headwater.documents.charts.lettering import width_of, wrapped
from headwater.documents.charts.months import months_of
from headwater.documents.charts.placing import Box
from headwater.documents.charts.scales import Scale, ratio_ticks, round_ticks, tick_words
from headwater.documents.charts.shapes import apart, runs

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart, width: float = 720) -> ET.Element:
    return ET.fromstring(draw(chart, title="A title", description="A description", uid="u", width=width))  # noqa: S314


def words(svg: ET.Element) -> list[str]:
    return ["".join(each.itertext()) for each in svg.iter(f"{SVG}text")]


def lines(*values: float | None, bands: tuple[Band, ...] = ()) -> LineChart:
    labels = tuple(f"L{i}" for i in range(len(values)))
    return LineChart(labels, (Series("One", values),), "Along", "Up", bands)


def subpaths(svg: ET.Element) -> list[str]:
    return [d for each in svg.iter(f"{SVG}path") if each.get("fill") == "none" and (d := each.get("d"))]


# What holds for all of them


def test_documents_charts_all_stand_alone_with_a_name_and_a_description(sample_document: Document):
    for figure in figures_of(sample_document):
        for width in (720, 360):
            text = draw(figure.chart, title="Risk & <harm>", description='Said "so"', uid=figure.name, width=width)
            svg = ET.fromstring(text)  # noqa: S314
            assert svg.get("role") == "img"
            title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
            assert title is not None
            assert desc is not None
            assert (title.text, desc.text) == ("Risk & <harm>", 'Said "so"')
            assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
            assert [each.get("aria-hidden") for each in svg.findall(f"{SVG}g")] == ["true"]


def test_documents_charts_say_nothing_in_inline_styles_scripts_or_from_elsewhere(sample_document: Document):
    for figure in figures_of(sample_document):
        text = draw(figure.chart, title="t", description="d", uid=figure.name)
        assert not re.search(r"style=|<style|<script|href|\bnan\b|\binf\b", text)


def test_documents_charts_ids_all_begin_with_the_uid_and_every_reference_is_kept(sample_document: Document):
    for figure in figures_of(sample_document):
        text = draw(figure.chart, title="t", description="d", uid=f"u-{figure.name}")
        ids = re.findall(r'id="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert all(each.startswith(f"u-{figure.name}-") for each in ids)
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


def test_documents_charts_are_the_same_to_the_byte(sample_document: Document):
    for figure in figures_of(sample_document):
        again = [draw(figure.chart, title="t", description="d", uid="u") for _ in range(2)]
        assert again[0] == again[1]


def test_documents_charts_coordinates_have_one_decimal_and_words_are_twelve_or_more(sample_document: Document):
    for figure in figures_of(sample_document):
        svg = drawn(figure.chart)
        for each in svg.iter():
            for name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "d", "width", "height"):
                assert not re.search(r"\.\d\d", each.get(name, "")), (figure.name, each.tag, name)
        assert all(float(each.get("font-size", 14)) >= 12 for each in svg.iter(f"{SVG}text"))


def test_documents_charts_words_stay_on_the_paper(sample_document: Document):
    for figure in figures_of(sample_document):
        for width in (720, 360):
            for each in drawn(figure.chart, width).iter(f"{SVG}text"):
                bold = each.get("font-weight") == "bold"
                wide = width_of("".join(each.itertext()), size=float(each.get("font-size", 14)), bold=bold)
                share = {"start": 0.0, "middle": 0.5, "end": 1.0}[each.get("text-anchor", "start")]
                left = float(each.get("x", 0)) - share * wide
                assert left >= -3, (figure.name, width, each.text)
                assert left + wide <= width + 3, (figure.name, width, each.text)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_documents_charts_marks_stand_out_and_words_can_be_read():
    marks = (*palette.SERIES[:5], palette.BAR, palette.BAR_STRONG, palette.POINT, palette.HIGH, palette.LOW)
    assert [colour for colour in marks if _contrast(colour, palette.PAPER) < 3] == []
    worded = (palette.INK, palette.QUIET, *palette.SERIES_WORDS)
    assert [colour for colour in worded if _contrast(colour, palette.PAPER) < 4.5] == []


def test_documents_charts_map_shades_darken_by_even_steps():
    light = [_luminance(colour) for colour in palette.SHADES]
    assert light == sorted(light, reverse=True)
    ratios = [_contrast(a, b) for a, b in pairwise(palette.SHADES)]
    assert min(ratios) > 1.3


# Absence


def test_documents_charts_a_line_is_never_joined_over_a_gap():
    whole, broken = drawn(lines(1, 2, 3, 4, 5, 6)), drawn(lines(1, 2, None, None, 5, 6))
    assert [d.count("M") for d in subpaths(whole)] == [1]
    assert [d.count("M") for d in subpaths(broken)] == [2]


def test_documents_charts_a_value_standing_alone_between_gaps_is_still_marked():
    chart = LineChart(
        tuple(f"L{i}" for i in range(20)), (Series("One", (*(1.0,) * 9, None, 3.0, None, *(1.0,) * 8)),), "", ""
    )
    assert len(list(drawn(chart).iter(f"{SVG}circle"))) == 2  # the one alone, and the last of all


def test_documents_charts_a_gap_is_hatched_and_says_why():
    svg = drawn(lines(1, 2, None, None, 5, 6, bands=(Band(2, 3, "gap", "Two months missing"),)))
    (hatched,) = [each for each in svg.iter(f"{SVG}rect") if each.get("fill") == "url(#u-gap)"]
    assert float(hatched.get("width", 0)) > 100
    assert "Two months missing" in words(svg)


def test_documents_charts_a_ribbon_stops_where_an_end_is_absent():
    series = Series("One", (1, 2, 3, 4, 5), (0, 1, None, 3, 4), (2, 3, 4, 5, 6))
    svg = drawn(LineChart(("a", "b", "c", "d", "e"), (series,), "", ""))
    (ribbon,) = [each for each in svg.iter(f"{SVG}path") if each.get("fill-opacity")]
    assert ribbon.get("d", "").count("M") == 2


def test_documents_charts_with_nothing_to_show_are_still_drawn():
    svg = drawn(lines(None, None, None))
    assert subpaths(svg) == []
    drawn(BarChart((Bar("A", None, marker="[c]"),), "Up"))
    drawn(BarChart((Bar("A", None, marker="[c]"),), "Up", log=True))


def test_documents_charts_an_absent_bar_is_hatched_and_carries_its_marker():
    bars = (Bar("A", 3), Bar("B", None, marker="[c]"), Bar("C", None, marker="[x]"))
    svg = drawn(BarChart(bars, "Up"))
    assert sum(each.get("fill") == "url(#u-gap)" for each in svg.iter(f"{SVG}rect")) == 2
    assert {"[c]", "[x]"} <= set(words(svg))


def test_documents_charts_a_run_of_absent_columns_is_marked_once():
    bars = [Bar(f"L{i}", 3) for i in range(12)]
    bars[4] = bars[5] = bars[6] = Bar("L", None, marker="[x]")
    svg = drawn(BarChart(tuple(bars), "Up", upright=True))
    assert sum(each.get("fill") == "url(#u-gap)" for each in svg.iter(f"{SVG}rect")) == 3
    assert words(svg).count("[x]") == 1


def test_documents_charts_a_nought_is_not_an_absence():
    svg = drawn(BarChart((Bar("A", 0), Bar("B", 5)), "Up"))
    assert not any(each.get("fill") == "url(#u-gap)" for each in svg.iter(f"{SVG}rect"))


# Where things stand


def test_documents_charts_bars_begin_at_nought_and_are_as_long_as_their_values():
    svg = drawn(BarChart((Bar("A", 10), Bar("B", 20), Bar("C", -5)), "Up"))
    a, b, c = [each for each in svg.iter(f"{SVG}rect") if each.get("fill") == palette.BAR]
    wide = {each: float(each.get("width", 0)) for each in (a, b, c)}
    assert wide[b] == pytest.approx(2 * wide[a], abs=0.2)
    assert wide[c] == pytest.approx(wide[a] / 2, abs=0.2)
    assert float(c.get("x", 0)) + wide[c] == pytest.approx(float(a.get("x", 0)), abs=0.2)


def test_documents_charts_ratios_stand_evenly_on_either_side_of_one():
    chart = BarChart((Bar("Half", 0.5), Bar("One", 1), Bar("Twice", 2)), "Up", reference=1, log=True)
    half, one, twice = [float(each.get("cx", 0)) for each in drawn(chart).iter(f"{SVG}circle")]
    assert one - half == pytest.approx(twice - one, abs=0.2)


def test_documents_charts_a_ratio_of_nought_points_off_the_scale():
    svg = drawn(BarChart((Bar("None", 0.0, 0.0, 2.0), Bar("One", 1)), "Up", reference=1, log=True))
    assert "◁" in words(svg)


def control(signals: Sequence[str], values: Sequence[float | None]) -> ControlChart:
    n = len(values)
    typed = tuple("high" if s == "high" else "low" if s == "low" else "" for s in signals)
    centre = (*(10.0,) * (n // 2), *(20.0,) * (n - n // 2))
    labels = tuple(f"L{i}" for i in range(n))
    return ControlChart(
        labels, tuple(values), centre, tuple(c - 3 for c in centre), tuple(c + 3 for c in centre), typed, "", ""
    )


def test_documents_charts_signals_differ_in_shape_and_not_only_in_colour():
    svg = drawn(control(("", "high", "low", ""), (10, 14, 15, 20)))
    legend_and_points = [each.get("d", "") for each in svg.iter(f"{SVG}path") if each.get("stroke") == palette.PAPER]
    assert len(legend_and_points) == 4  # two in the legend, two on the chart
    assert {"Unusually high", "Unusually low"} <= set(words(svg))


def test_documents_charts_limits_step_where_they_are_rebased():
    svg = drawn(control(("",) * 6, (10, 11, 9, 20, 21, 19)))
    level = [
        each
        for each in svg.iter(f"{SVG}line")
        if each.get("stroke") == palette.INK and each.get("y1") == each.get("y2")
    ]
    centre = [each for each in level if float(each.get("x2", 0)) - float(each.get("x1", 0)) > 100]
    assert len(centre) == 2
    assert centre[0].get("x2") == centre[1].get("x1")
    assert centre[0].get("y1") != centre[1].get("y1")


def funnel(points: tuple[FunnelPoint, ...]) -> FunnelChart:
    x = tuple(float(i) for i in range(10, 101, 10))
    return FunnelChart(
        points, x, tuple(10 - 20 / math.sqrt(v) for v in x), tuple(10 + 20 / math.sqrt(v) for v in x),
        tuple(10 - 30 / math.sqrt(v) for v in x), tuple(10 + 30 / math.sqrt(v) for v in x), 10, "x", "y",
    )  # fmt: skip


def test_documents_charts_a_crowd_of_outliers_is_named_without_overlap():
    crowd = tuple(FunnelPoint(f"Crowded place {i}", 50 + i * 0.7, 18 + (i % 3) * 0.2, "99.8") for i in range(9))
    svg = drawn(funnel(crowd))
    boxes: list[Box] = []
    for each in svg.iter(f"{SVG}text"):
        said = "".join(each.itertext())
        if said.startswith("Crowded"):
            x, y = float(each.get("x", 0)), float(each.get("y", 0))
            boxes.append(Box(x, y - 10, x + width_of(said, size=13), y + 2))
    assert len(boxes) >= 4
    assert not any(a.touches(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_documents_charts_only_the_far_outliers_are_named():
    svg = drawn(
        funnel((FunnelPoint("Far", 50, 18, "99.8"), FunnelPoint("Near", 60, 12, "95"), FunnelPoint("In", 70, 10, "")))
    )
    assert {"Far", "Near", "In"} & set(words(svg)) == {"Far"}


# Maps


def squares(across: int) -> tuple[MapArea, ...]:
    def at(x: float, y: float) -> tuple[float, float]:
        return 1000 * x, 1000 * (y + 0.04 * math.sin(9 * x))

    def ring(i: int, j: int) -> tuple[tuple[float, float], ...]:
        steps = [k / 12 for k in range(12)]
        south, east = [at(i + s, j) for s in steps], [at(i + 1, j + s) for s in steps]
        north, west = [at(i + 1 - s, j + 1) for s in steps], [at(i, j + 1 - s) for s in steps]
        return (*south, *east, *north, *west, at(i, j))

    return tuple(MapArea(f"E{i}-{j}", "", (ring(i, j),), (i * 7 + j) % 5) for i in range(across) for j in range(across))


def test_documents_charts_a_map_of_two_thousand_areas_is_light():
    chart = MapChart(squares(45), ("a", "b", "c", "d", "e"), (), "Rate")
    assert 20_000 < len(draw(chart, title="t", description="d", uid="u")) < 300_000


def test_documents_charts_map_names_stand_inside_where_they_fit_and_beside_where_not():
    big = ((0.0, 0.0), (90.0, 0.0), (90.0, 100.0), (0.0, 100.0), (0.0, 0.0))
    small = ((90.0, 0.0), (96.0, 0.0), (96.0, 6.0), (90.0, 6.0), (90.0, 0.0))
    areas = (MapArea("B", "Broadlands", (big,), 0), MapArea("S", "Smallborough-on-Sea", (small,), 1))
    svg = drawn(MapChart(areas, ("low", "high"), areas, "Rate"))
    anchors = {"".join(each.itertext()): each.get("text-anchor") for each in svg.iter(f"{SVG}text")}
    assert (anchors["Broadlands"], anchors["Smallborough-on-Sea"]) == ("middle", "start")
    assert len(list(svg.iter(f"{SVG}circle"))) == 1


def test_documents_charts_a_map_has_north_up_and_keeps_holes():
    outer = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    hole = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0))
    north = tuple((x + 2, y + 20) for x, y in hole)
    chart = MapChart((MapArea("S", "", (outer, hole), 0), MapArea("N", "", (north,), 1)), ("low", "high"), (), "Rate")
    svg = drawn(chart)
    low, high = [
        next(each.get("d", "") for each in svg.iter(f"{SVG}path") if each.get("fill") == colour)
        for colour in (palette.SHADES[0], palette.SHADES[-1])
    ]
    assert low.count("M") == 2
    heights = [float(re.findall(r"M[\d.]+ ([\d.]+)", d)[0]) for d in (low, high)]
    assert heights[1] < heights[0]


def test_documents_charts_weak_and_absent_areas_are_hatched_apart():
    areas = squares(2)
    areas = (replace(areas[0], shade=None), replace(areas[1], hatched=True), *areas[2:])
    svg = drawn(MapChart(areas, ("a", "b", "c", "d", "e"), (), "Rate"))
    fills = {each.get("fill") for each in svg.iter(f"{SVG}path")}
    assert "url(#u-none)" in fills
    assert f"url(#u-weak-{areas[1].shade})" in fills
    assert "No figure" in words(svg)
    assert "Too few events to lean on" in " ".join(words(svg))


def test_documents_charts_a_map_without_areas_or_with_too_many_classes_is_refused():
    with pytest.raises(ValueError, match="at least one area"):
        drawn(MapChart((), ("a",), (), "Rate"))
    with pytest.raises(ValueError, match="between 1 and 5 classes"):
        drawn(MapChart(squares(1), tuple("abcdef"), (), "Rate"))


# The parts


def test_documents_charts_round_ticks_hold_every_value():
    for values in ((0.0,), (3.0, 97.0), (-4.0, 9.0), (0.002, 0.0041), (1e6, 3.3e6), (5.0, 5.0)):
        ticks = round_ticks(values, from_zero=False)
        assert ticks[0] <= min(values)
        assert max(values) <= ticks[-1]
        assert len(ticks) >= 2
        gaps = {round(b - a, 9) for a, b in pairwise(ticks)}
        assert len(gaps) == 1
    assert round_ticks((12, 97)) == (0, 20, 40, 60, 80, 100)
    assert tick_words((0.0, 0.25, 0.5)) == ("0.00", "0.25", "0.50")
    assert tick_words((0, 2000), "%") == ("0%", "2,000%")


def test_documents_charts_ratio_ticks_are_one_two_five():
    assert ratio_ticks((0.3, 4.1)) == (0.2, 0.5, 1, 2, 5)
    assert ratio_ticks((1, 1)) == (0.5, 1, 2)
    assert Scale(0.1, 10, 0, 100, log=True).at(1) == pytest.approx(50)


def test_documents_charts_months_are_told_from_financial_years():
    assert months_of(("2022-11", "2022-12", "2023-01")) is not None
    assert months_of(("year to 2022-12", "year to 2023-01")) is not None
    assert months_of(("December 2022", "January 2023")) is not None
    assert months_of(("2010-11", "2011-12")) is None
    assert months_of(("first", "second")) is None


def test_documents_charts_years_are_bold_and_months_are_few():
    months = tuple(f"{2020 + i // 12}-{i % 12 + 1:02d}" for i in range(60))
    svg = drawn(LineChart(months, (Series("One", (1.0,) * 60),), "", ""))
    years = [each.text for each in svg.iter(f"{SVG}text") if each.get("font-weight") == "bold" and each.text]
    assert years == ["2020", "2021", "2022", "2023", "2024"]
    assert sum(word in {"Jan", "Apr", "Jul", "Oct"} for word in words(svg)) <= 20


def test_documents_charts_words_are_wrapped_and_moved_apart():
    assert wrapped("one two three", width_of("one two")) == ("one two", "three")
    assert wrapped("indivisible", 5) == ("indivisible",)
    assert apart([10, 11, 50], 17, 0, 60) == [10, 27, 50]
    assert apart([58, 59], 17, 0, 60) == [43, 60]
    assert list(runs([1, None, 2, 3])) == [(0, 0), (2, 3)]


def test_an_area_whose_ring_touches_itself_is_still_drawn() -> None:
    from headwater.documents.charts.ground import ground_of

    crossed = ((0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0), (0.0, 0.0))
    ground = ground_of(MapArea("Z01000001", "Crossed", (crossed,), 0))
    assert ground.geom_type in ("Polygon", "MultiPolygon")
    assert ground.area == pytest.approx(50)


# Spines


def test_documents_charts_spine_says_by_shape_which_side_of_the_country_an_area_stands_and_hatches_what_is_withheld():
    row = SpineRow("Exclusions", 14.0, "14.0", 11.0, "11.0", "higher", (2.0, 7.0, 15.0, 30.0), 13.0, 16.0)
    rows = (row, replace(row, label="Gangs", value=None, text="", standing="", marker="[c]"))
    svg = drawn(SpineChart(rows, "Aldermere", "England", "authorities"))
    said = words(svg)
    assert {"14.0", "11.0", "[c]", "higher than England", "all authorities", "middle half of authorities"} <= set(said)
    assert "lower than England" not in said, "the key names only what is there"
    assert any(each.get("fill") == "url(#u-gap)" for each in svg.iter(f"{SVG}rect"))


def test_documents_charts_spine_scales_each_row_so_that_the_country_is_in_the_middle():
    small = SpineRow("Small", 2.0, "2", 1.0, "1", "higher", (0.5, 0.8, 1.2, 2.0))
    large = SpineRow("Large", 2_000.0, "2,000", 1_000.0, "1,000", "higher", (500.0, 800.0, 1_200.0, 2_000.0))
    svg = drawn(SpineChart((small, large), "Aldermere", "England", "authorities"))
    marks = [each.get("d") for each in svg.iter(f"{SVG}path") if each.get("fill") == palette.HIGH]
    places = {str(mark).split("L")[0].removeprefix("M").split(" ")[0] for mark in marks[-2:]}
    assert len(places) == 1, "twice the country stands as far out whatever the unit"


def test_documents_charts_spine_of_an_area_without_a_country_says_so():
    svg = drawn(SpineChart((SpineRow("Ours", 5.0, "5", None, "", ""),), "Aldermere", "England", "authorities"))
    assert "nothing to compare with" in words(svg)


# Theories of change


def theory(*arrows: Arrow) -> TheoryChart:
    stages = (
        Stage("Causes", (Step("fear", "Fear"), Step("friends", "Friends"))),
        Stage("Actions", (Step("act", "Mentoring", "promised"),)),
    )
    return TheoryChart(stages, arrows)


def test_documents_charts_theory_says_how_good_the_evidence_is_by_line_and_by_word():
    svg = drawn(theory(Arrow("fear", "act", "strong", "They meet."), Arrow("friends", "act", "harm")))
    dashes = [each.get("stroke-dasharray", "") for each in svg.iter(f"{SVG}path") if each.get("fill") == "none"]
    assert dashes == ["", "12 3 3 3"]
    assert {"strong evidence", "may do harm"} <= set(words(svg))
    assert "moderate evidence" not in words(svg)


def test_documents_charts_theory_numbers_every_arrow_and_says_what_it_takes_to_be_true():
    said = words(drawn(theory(Arrow("fear", "act", "strong", "They meet."), Arrow("friends", "act", "weak"))))
    assert [said.count(number) for number in ("1", "2", "3")] == [2, 2, 0]
    assert "They meet." in said
    assert "Nobody has written down what it takes to be true." in said


def test_documents_charts_theory_keeps_the_numbers_of_arrows_apart():
    svg = drawn(theory(*(Arrow(start, "act", "weak", "x") for start in ("fear", "friends"))))
    spots = [(float(each.get("cx", 0)), float(each.get("cy", 0))) for each in svg.iter(f"{SVG}circle")]
    assert all(math.dist(one, other) > 18 for i, one in enumerate(spots) for other in spots[:i])


def test_documents_charts_theory_is_written_out_in_one_column_on_a_phone():
    svg = drawn(theory(Arrow("fear", "act", "strong", "They meet.")), 360)
    boxes = [each for each in svg.iter(f"{SVG}rect") if each.get("stroke")]
    assert {each.get("x") for each in boxes} == {"1"}
    assert words(svg).count("Mentoring") == 2
