"""The conformed tables: what each holds, as Arrow schemas. Every source writes them and every later room reads them.

No column here could hold a person's name, an address or free text; a service and who provides and pays for it are named. `nullable` says which columns may be empty; the order of the
columns is the order in the files.
"""

import pyarrow as pa


def _table(**columns: str) -> pa.Schema:
    """A schema from words: 'text', 'whole', 'real', 'time', 'flag' or 'bytes', with a question mark where a cell may be empty."""
    kinds = {
        "text": pa.string(),
        "whole": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("us"),
        "bytes": pa.binary(),
    }
    return pa.schema(
        [pa.field(name, kinds[said.rstrip("?")], nullable=said.endswith("?")) for name, said in columns.items()]
    )


TABLES: dict[str, pa.Schema] = {
    # One thing that happened: a recorded crime, an outcome of one, a stop and search.
    "events": _table(
        event_id="text?", dataset="text", producer="text", month="text", occurred="time?", area_code="text?",
        longitude="real?", latitude="real?", kind="text", outcome="text?", setting="text?",
    ),
    # One person in one event, counted and never named.
    "people": _table(
        event_id="text", dataset="text", producer="text", month="text", role="text", age_band="text?", sex="text?",
        ethnicity="text?", ethnicity_by_officer="text?",
    ),
    # Residents of one area; an empty age, sex or ethnicity means all of them.
    "population": _table(
        area_code="text", level="text", year="whole", age_from="whole?", age_to="whole?", sex="text?",
        ethnicity="text?", people="whole", basis="text",
    ),
    # One area of one vintage: 'lsoa21', 'ltla24', 'pfa24'.
    "areas": _table(level="text", area_code="text", name="text"),
    # One area inside, or carried on as, another; `change` is 'U', 'S', 'M' or 'X' from LSOA 2011 to LSOA 2021.
    "links": _table(child_level="text", child_code="text", parent_level="text", parent_code="text", change="text?"),
    # One area's standing on one domain of one index of deprivation.
    "context": _table(
        area_code="text", level="text", index="text", domain="text", score="real?", rank="whole?", decile="whole?",
    ),
    # One name that finds a small area (LSOA 2021): a postcode without its space, or a venue, street or area in plain words.
    "gazetteer": _table(name="text", kind="text", area_code="text"),
    # The outline of one area, as well-known binary in EPSG:4326.
    "boundaries": _table(level="text", area_code="text", name="text", wkb="bytes"),
    # One figure that somebody published or returned, with the release it comes from. `measure` is the source's own slug;
    # `group` says for whom, as sorted 'what=which' pairs ('age=child;reason=drug-alcohol'), empty for all. `period` is as
    # published ('2016-17', '2023-Q4'), and first_month to last_month ('2016-09' to '2017-08') what it covers. No value without
    # a `status` that says why, in GSS shorthand without brackets ('c', 'x', 'z' …); a value may have one too ('p', 'r', 'e').
    "counts": _table(
        dataset="text", producer="text", release="text", measure="text", area_code="text", level="text", period="text",
        first_month="text", last_month="text", group="text?", value="real?", denominator="real?", lower="real?",
        upper="real?", unit="text", status="text?",
    ),
    # Two records of different datasets that are taken to be of one person: the events they stand in, and what the person was in
    # each where the file says. `band` is how likely it is at least. Who it is, is nowhere.
    "linked": _table(
        left_dataset="text", left_event="text", left_role="text?", right_dataset="text", right_event="text",
        right_role="text?", band="real",
    ),
    # One service in one of the areas it is delivered in. `producer` is who told of it: the provider, or the partnership's register.
    # Codes are the contract's. `funding` is 'until' a month, 'open-ended' or 'not-said'; money and places are a year's.
    "services": _table(
        dataset="text", producer="text", service="text", provider="text", aim="text", activity="text", prevention="text",
        cohort="text", age_from="whole?", age_to="whole?", area_code="text", level="text", referral="text", funder="text?",
        funding="text", funded_until="text?", money="real?", places="whole?", evaluated="text",
    ),
    # One row that could not be conformed; line 1 is the header. Never a cell's value.
    "quarantine": _table(file="text", line="whole", reason="text"),
}  # fmt: skip

FURTHER: dict[str, pa.Schema] = {
    # What a partner's own records say beyond what is published. A flag is true, false, or empty where nobody recorded it.
    # `place_confidence` says how the place was found: 'given' (by the partner), 'exact', 'street', 'area' or 'vague'.
    "events": _table(
        occurred_to="time?", offence_code="text?", place_confidence="text?", knife="flag?", firearm="flag?", domestic="flag?",
        alcohol="flag?", gang="flag?", county_lines="flag?", modern_slavery="flag?",
    ),
    # `person_key` is made at the edge with a secret that is not here: the same person has the same key, and nobody a name.
    # `key_grade` says what the key rests on: 'nhs-number', 'own-number' or 'name-and-birth'.
    "people": _table(person_key="text?", key_grade="text?", home_area="text?"),
}  # fmt: skip
"""Columns that a source may add after those of a table. A file that lacks them is read as if they were empty."""


def every_column(name: str) -> pa.Schema:
    """Every column that the conformed table `name` may have, in order."""
    return pa.schema([*TABLES[name], *FURTHER.get(name, ())])
