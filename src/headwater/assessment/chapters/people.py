"""Who lives there: residents, ages, ethnic groups and deprivation."""

from collections.abc import Sequence

from headwater import documents
from headwater.assessment.scene import Scene
from headwater.assessment.words import in_full
from headwater.documents.charts import Bar, BarChart
from headwater.vocabulary import WrongRequest

Blocks = Sequence[documents.Block]


def residents(scene: Scene) -> Blocks:
    """Residents of the area and its parts."""
    rows = [(p.name, p.code, scene.people.get(p.code, "[x]")) for p in (scene.area, *scene.subareas)]
    columns = (documents.Column("Area"), documents.Column("Code"), documents.Column("Residents", True))
    return (documents.Table("residents", f"Residents, {scene.people_basis}", columns, tuple(rows)),)


def ages(scene: Scene) -> Blocks:
    """Residents by age band, labelled where they were carried between boundaries."""
    try:
        found = scene.atlas.ages(scene.area.level, scene.area)
    except WrongRequest:
        return ()
    bands = found.people.get(scene.area.code, {})
    whole = sum(bands.values())
    if not whole:
        return ()
    label = f"{found.basis}{', carried from 2011 to 2021 areas by weights [e]' if found.converted else ''}"
    caption = f"Residents of {scene.area.name} by age ({label})"
    rows = tuple((band, people, round(100 * people / whole, 1)) for band, people in bands.items())
    columns = (documents.Column("Age"), documents.Column("Residents", True), documents.Column("%", True, 1))
    chart = BarChart(tuple(Bar(band, 100 * people / whole) for band, people in bands.items()), "% of residents")
    table = documents.Table("ages", caption, columns, rows)
    return (documents.Figure("ages", caption, "A bar for each age band, youngest first.", chart, table),)


def ethnicity(scene: Scene) -> Blocks:
    """Residents by ethnic group."""
    try:
        groups = scene.atlas.ethnicity(scene.area)
    except WrongRequest:
        return ()
    whole = sum(groups.values())
    rows = tuple((g.capitalize(), n, round(100 * n / whole, 1)) for g, n in sorted(groups.items(), key=lambda x: -x[1]))
    columns = (documents.Column("Ethnic group"), documents.Column("Residents", True), documents.Column("%", True, 1))
    return (
        documents.Table(
            "ethnicity", f"Residents of {scene.area.name} by ethnic group, {scene.people_basis}", columns, rows
        ),
    )


def deprivation(scene: Scene) -> Blocks:
    """How many small areas stand in each national tenth of deprivation."""
    try:
        found = scene.atlas.deprivation(scene.area)
    except WrongRequest:
        return ()
    tenths = [sum(area.decile == d for area in found.areas) for d in range(1, 11)]
    caption = f"Small areas of {scene.area.name} by national tenth of deprivation, {in_full(found.index)} (1 is most deprived)"
    columns = (documents.Column("Tenth"), documents.Column("Small areas", True))
    table = documents.Table("deprivation", caption, columns, tuple((str(i + 1), n) for i, n in enumerate(tenths)))
    chart = BarChart(tuple(Bar(str(i + 1), float(n)) for i, n in enumerate(tenths)), "Small areas", upright=True)
    return (
        documents.Figure("deprivation", caption, "Ten bars, from the most to the least deprived tenth.", chart, table),
    )
