"""Children's social care: what each row becomes, what its marks mean, and what is set aside."""

from pathlib import Path

from conformed import body_of, conform_invented, conform_one, values
from headwater.sources import contract
from headwater.sources.social_care import SOURCE
from headwater.sources.social_care.invented import invent

FACTORS = tuple(column.name for column in SOURCE.contracts["social_care.assessment_factors"].columns)
CHILDREN = tuple(column.name for column in SOURCE.contracts["social_care.looked_after"].columns)
LEEDS = ("Local authority", "E92000001", "E12000003", "E08000035")
ON_THE_DAY = "Children looked after on 31 March each year"


def row(year: object = 2025, *, episodes: object = 90, where: tuple[str, ...] = LEEDS, **said: object) -> list[object]:
    cells = dict.fromkeys(FACTORS, 7) | dict(zip(FACTORS, (year, *where, "", episodes), strict=False))
    return list((cells | said).values())


def test_each_factor_is_a_group_of_the_episodes_that_had_any(tmp_path: Path):
    body = body_of(FACTORS, row(Gangs=3, Child_criminal_exploitation="x", Trafficking="c"))
    account, rows, _ = conform_one(SOURCE, "factors.csv", body, tmp_path)
    assert (account.dataset, account.conformed, len(rows)) == ("social_care.assessment_factors", 1, 40)
    found = {r["group"]: (r["value"], r["status"], r["denominator"]) for r in rows}
    assert found["factor=gangs"] == (3, None, 90)
    assert found["factor=child-criminal-exploitation"] == (None, "x", 90)
    assert found["factor=trafficking"] == (None, "c", 90)
    assert found["factor=going-missing"] == (7, None, 90)
    assert found[None] == (90, None, None)
    assert {(r["period"], r["first_month"], r["last_month"], r["area_code"], r["unit"]) for r in rows} == {
        ("2025", "2024-04", "2025-03", "E08000035", "episodes")
    }


def test_a_table_from_before_a_factor_was_asked_for_is_read_without_it(tmp_path: Path):
    older = [place for place, name in enumerate(FACTORS) if name != "Child_criminal_exploitation"]
    header, cells = FACTORS, row(2018)
    body = body_of([header[n] for n in older], [cells[n] for n in older])
    _, rows, _ = conform_one(SOURCE, "factors.csv", body, tmp_path)
    assert len(rows) == 39
    assert not values(rows, group="factor=child-criminal-exploitation")


def test_children_on_a_day_cover_a_month_and_children_in_a_year_a_year(tmp_path: Path):
    kinds = (ON_THE_DAY, "Children starting to be looked after each year")
    body = body_of(CHILDREN, *((2025, *LEEDS, kind, 176_000, 1_500, 85) for kind in kinds))
    _, rows, _ = conform_one(SOURCE, "cla.csv", body, tmp_path)
    assert [(r["measure"], r["first_month"], r["last_month"], r["value"], r["denominator"], r["unit"]) for r in rows] == [
        ("looked-after", "2025-03", "2025-03", 1_500, 176_000, "children"),
        ("looked-after-rate", "2025-03", "2025-03", 85, 176_000, "per 10,000 under 18"),
        ("looked-after.started", "2024-04", "2025-03", 1_500, 176_000, "children"),
        ("looked-after.started-rate", "2024-04", "2025-03", 85, 176_000, "per 10,000 under 18"),
    ]  # fmt: skip


def test_an_area_has_the_code_of_its_level(tmp_path: Path):
    rest = (ON_THE_DAY, 9_000, 90, 100)
    body = body_of(
        CHILDREN,
        (2025, "National", "E92000001", "", "", *rest),
        (2025, "Regional", "E92000001", "E13000001", "", *rest),
        (2025, *LEEDS, *rest),
        (2023, "Local authority", "E92000001", "E12000003", "E10000023", *rest),
        (2024, "Local authority", "E92000001", "E12000003", "E10000023", *rest),
    )
    _, rows, _ = conform_one(SOURCE, "cla.csv", body, tmp_path)
    assert [(r["area_code"], r["level"]) for r in rows if r["measure"] == "looked-after"] == [
        ("E92000001", "country"),
        ("E13000001", "region"),
        ("E08000035", "utla23"),
        ("E10000023", "utla22"),
        ("E06000065", "utla23"),
    ]


def test_what_cannot_be_read_is_set_aside_with_its_line_and_never_its_cells(tmp_path: Path):
    body = body_of(
        FACTORS,
        row(),
        row("2024/25"),
        row(where=("Ward", *LEEDS[1:])),
        row(where=(*LEEDS[:3], "E08000099")),
        row(where=(*LEEDS[:3], "S12000033")),
        row(Gangs="~"),
        row(Gangs=""),
        row(),
        row(Gangs=8),
    )
    account, _, aside = conform_one(SOURCE, "factors.csv", body, tmp_path)
    assert (account.conformed, account.duplicates) == (1, 1)
    assert aside == [
        (3, "'time_period' is not a year"),
        (4, "'geographic_level' is not national, regional or local authority"),
        (5, "'new_la_code' is the code of no authority known"),
        (6, "the area is outside England and Wales"),
        (7, "'Gangs' is neither a number nor one of the marks in the contract"),
        (8, "'Gangs' is empty"),
        (10, "the same area and year appears earlier in the file with other contents"),
    ]


def test_the_breaks_are_on_record():
    assert [told.month for told in contract("social_care.assessment_factors").breaks] == ["2020-04", "2021-04"]


def test_the_pretend_tables_conform_whole_and_come_out_the_same_again(tmp_path: Path):
    marks: set[str | None] = set()
    for _, rows in conform_invented(SOURCE, invent, tmp_path):
        marks |= {row["status"] for row in rows}
    assert marks == {None, "c", "x"}
