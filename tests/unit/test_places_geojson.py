"""Outlines for a map on a screen."""

import pyarrow as pa
import shapely
from shapely.geometry import box, shape

from headwater.assessment import class_edges, class_of, class_words
from headwater.engine import TABLES
from headwater.places import geojson_of
from headwater.vocabulary import Level


def boundaries(*rows: tuple[str, str, str, shapely.Geometry]) -> pa.Table:
    columns = ("level", "area_code", "name", "wkb")
    said = [dict(zip(columns, (*row[:3], shapely.to_wkb(row[3])), strict=True)) for row in rows]
    return pa.Table.from_pylist(said, schema=TABLES["boundaries"])


WEST, EAST = box(-1.0, 54.0, -0.5, 54.5), box(-0.5, 54.0, 0.0, 54.5)


def test_each_area_asked_for_is_one_feature_in_degrees() -> None:
    table = boundaries(("ltla22", "B", "East", EAST), ("ltla22", "A", "West", WEST), ("lsoa21", "C", "Small", EAST))
    found = geojson_of(table, Level.DISTRICT, ["A", "B", "Z"])
    assert [each["properties"] for each in found["features"]] == [
        {"code": "A", "name": "West"},
        {"code": "B", "name": "East"},
    ]
    assert shape(found["features"][0]["geometry"]).equals(WEST)


def test_the_newest_outline_of_an_area_is_the_one_drawn() -> None:
    table = boundaries(("ltla22", "A", "Old name", WEST), ("ltla24", "A", "New name", EAST))
    (only,) = geojson_of(table, Level.DISTRICT, ["A"])["features"]
    assert only["properties"]["name"] == "New name"
    assert shape(only["geometry"]).equals(EAST)


def test_neighbours_still_meet_with_fewer_corners() -> None:
    wavy = [(-0.5 + 0.00001 * (i % 2), 54.0 + i / 2000) for i in range(1001)]
    left = shapely.Polygon([(-1.0, 54.0), *wavy, (-1.0, 54.5)])
    right = shapely.Polygon([(0.0, 54.0), *wavy, (0.0, 54.5)])
    table = boundaries(("ltla22", "A", "West", left), ("ltla22", "B", "East", right))
    one, other = (shape(each["geometry"]) for each in geojson_of(table, Level.DISTRICT, ["A", "B"])["features"])
    assert shapely.get_num_coordinates(one) < 100
    assert one.intersection(other).area == 0
    assert one.touches(other)


def test_where_nothing_landed_there_is_nothing_to_draw() -> None:
    assert geojson_of(TABLES["boundaries"].empty_table(), Level.DISTRICT, ["A"])["features"] == []


def test_classes_are_fifths_and_an_edge_belongs_to_the_class_above() -> None:
    edges = class_edges(range(1, 11))
    assert edges == (2.8, 4.6, 6.4, 8.2)
    assert [class_of(value, edges) for value in (1, 2.8, 9)] == [0, 1, 4]
    assert class_words(edges)[0] == "under 2.8"
    assert class_words(edges)[1] == "2.8 to under 4.6"
    assert class_words(edges)[-1] == "8.2 and over"


def test_areas_that_are_all_alike_or_have_no_figure_are_of_one_class() -> None:
    assert class_words(class_edges([])) == ("all areas",)
    assert class_edges([0.012, 0.034], 3) == (0.016, 0.021, 0.025, 0.03)
