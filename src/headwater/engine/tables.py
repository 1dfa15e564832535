"""The conformed tables: what each holds, as Arrow schemas. Every source writes them and every later room reads them.

No column here could hold a name, an address or free text. `nullable` says which columns may be empty; the order of the
columns is the order in the files.
"""

import pyarrow as pa


def _table(**columns: str) -> pa.Schema:
    """A schema from words: 'text', 'whole', 'real', 'time' or 'bytes', with a question mark where a cell may be empty."""
    kinds = {
        "text": pa.string(),
        "whole": pa.int64(),
        "real": pa.float64(),
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
    # The outline of one area, as well-known binary in EPSG:4326.
    "boundaries": _table(level="text", area_code="text", name="text", wkb="bytes"),
    # One row that could not be conformed; line 1 is the header. Never a cell's value.
    "quarantine": _table(file="text", line="whole", reason="text"),
}  # fmt: skip
