"""Where every number answers back: one page a finding, made from the record alone, so that the web page, the
command line and anyone who reads `assessment.json` are told the same."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from headwater import documents
from headwater.assessment.record import datasets_of
from headwater.vocabulary import words_of_months

Record = Mapping[str, Any]


def papers_pages(record: Record) -> tuple[documents.Page, ...]:
    """A page for each finding, and one that lists every file."""
    findings = [_page(record, finding) for finding in record["findings"]]
    return (*findings, _files(record))


def facts_of(record: Record, finding: Record) -> tuple[tuple[str, str], ...]:
    """What holds for every figure of a finding: definition, formula, sources, coverage, software."""
    measure = next(m for m in record["measures"] if m["name"] == finding["measure"])
    edition = record["edition"]
    return (
        (
            "Definition",
            f"{measure['title']}. Counts {measure['counts']} {_filters(measure)}, among {measure['among']}.",
        ),
        (
            "Agreed",
            f"Version {measure['version']}, {measure['agreed']}, by {measure['owner']}; review by {measure['review_by']}.",
        ),
        ("Why it is measured", measure["why"]),
        ("Formula", finding["formula"]),
        ("Method", f"{finding['method'].replace('_', ' ')} (docs/methods/{finding['method']}.md)"),
        ("Interval", _confidence(finding)),
        ("Coverage", _coverage(finding)),
        ("Source files", _sources(record, finding)),
        *(("Sharing agreement", said) for said in _agreements(record, finding)),
        *(("Linkage", said) for said in _linkage(record, finding)),
        ("Disclosure control", f"Every figure passed the policy “{finding.get('policy', edition['policy'])}”."),
        ("Snapshot", f"{edition['snapshot'][:16]}…, the frozen data every figure of the edition was read from"),
        ("Software", edition["software"]),
    )


def _filters(measure: Record) -> str:
    both = {**measure["of"], **measure["where"]}
    said = {column: " or ".join(v.replace("-", " ") or "all" for v in values) for column, values in both.items()}
    parts = [f"whose {column} is {values}" for column, values in sorted(said.items(), reverse=True)]
    return " and ".join(parts)


def _confidence(finding: Record) -> str:
    level = finding["confidence"]
    return f"{level:.0%} limits" if level else "A count, or a value without limits of chance"


def _coverage(finding: Record) -> str:
    gaps = [f"{m['producer']} lacks {words_of_months(m['months'])}" for m in finding["coverage"]["missing"]]
    return finding["coverage"]["words"] + (f" {'; '.join(gaps)}. Any period over them has no figure." if gaps else "")


def _sources(record: Record, finding: Record) -> str:
    return "; ".join(_package(digest, files) for digest, files in packages_of(record, finding).items())


def packages_of(record: Record, finding: Record) -> dict[str, list[Record]]:
    """The files a finding rests on, by the fingerprint of what they arrived in."""
    measure = next(m for m in record["measures"] if m["name"] == finding["measure"])
    wanted = datasets_of(measure, finding["analysis"])
    packages: dict[str, list[Record]] = {digest: [] for digest in finding["provenance"]["sources"]}
    for source in record["sources"]:
        if source["dataset"] in wanted and source["sha256"] in packages:
            packages[source["sha256"]].append(source)
    return packages


def _agreements(record: Record, finding: Record) -> tuple[str, ...]:
    """The agreements that the files a finding rests on landed under, once each."""
    used = {source["sha256"]: source for source in record["sources"] if "agreement" in source}
    terms = [used[digest]["agreement"] for digest in finding["provenance"]["sources"] if digest in used]
    said = (
        f"{each['name']}, version {each['version']} (SHA-256 {each['sha256'][:16]}…), to {each['expires']}"
        for each in terms
    )
    return tuple(dict.fromkeys(said))


def _linkage(record: Record, finding: Record) -> Iterator[str]:
    """By what links, under which agreements, and how good a review found them."""
    for each in record.get("linkages", ()):
        if each["sha256"] != finding["provenance"].get("linkage"):
            continue
        how, under = each["linkage"], (f"{a['name']}, version {a['version']}" for a in each["agreements"])
        yield (
            f"By {how['name']}, version {how['version']} (SHA-256 {how['sha256'][:16]}…), on {each['linked']}, under {'; '.join(under)}; "
            f"{_reviewed(each.get('reviewed'))}; SHA-256 of the links {each['sha256'][:16]}…"
        )


def _reviewed(reviewed: Record | None) -> str:
    if reviewed is None:
        return "not reviewed"
    shares = [(word, [100 * end for end in reviewed[word]]) for word in ("precision", "recall")]
    said = (f"{word} {value:.1f}% ({lower:.1f} to {upper:.1f})" for word, (value, lower, upper) in shares)
    return f"{reviewed['judged']:,} pairs judged blind: {', '.join(said)}"


def _package(digest: str, files: Sequence[Record]) -> str:
    rows = sum(f["rows"] for f in files)
    first = files[0]
    what = first["file"] if len(files) == 1 else f"{len(files)} files"
    return f"{first['producer']}: {what}, {rows:,} rows, received {first['received']}, SHA-256 {digest[:16]}…"


def cell_facts(finding: Record, cell: Record) -> tuple[tuple[str, str], ...]:
    """What holds for one figure: its value and limits, its inputs, or why there is none."""
    return tuple(_cell_facts(finding, cell))


def _cell_facts(finding: Record, cell: Record) -> Iterator[tuple[str, str]]:
    group = f", {cell['group']}" if cell["group"] else ""
    yield (
        "Figure",
        f"{finding['title']}: {cell['place']['name']} ({cell['place']['code']}), {cell['period']['label']}{group}",
    )
    if "value" not in cell:
        yield "Value", f"{cell['text']} {cell['status']}: {cell['why']}"
        return
    yield "Value", f"{cell['text']} {cell['unit']}".replace("% %", "%")
    if "lower" in cell or "upper" in cell:
        yield "95% interval", " to ".join(_end(cell, end) for end in ("lower", "upper"))
    yield from _inputs(cell)
    if "conversion" in cell:
        yield "Converted", f"{cell['conversion']['share']:.1%} of it: {cell['conversion']['basis']}"
    if "why" in cell:
        yield "Low reliability", cell["why"]


def _inputs(cell: Record) -> Iterator[tuple[str, str]]:
    if "numerator" in cell:
        yield "Numerator", f"{cell['numerator']:,.10g}"
    if "denominator" in cell:
        yield "Denominator", f"{cell['denominator']:,.10g}"
    if "per" in cell and "denominator" in cell and cell["denominator"]:
        yield (
            "Worked",
            f"{cell['numerator']:,.10g} ÷ {cell['denominator']:,.10g} × {cell['per']:,} = {cell['value']:,.6g}",
        )


def _end(cell: Record, end: str) -> str:
    return f"{cell[end]:,.{cell['decimals']}f}" if end in cell else "not defined"


def anchor_of(finding: Record, cell: Record) -> str:
    """The same anchor as `Finding.anchor`, from the record."""
    parts = (finding["name"], cell["period"]["label"], cell["place"]["code"], cell["group"] or "")
    return "/".join(part for part in parts if part)


def _page(record: Record, finding: Record) -> documents.Page:
    blocks: list[documents.Block] = [documents.Paragraph((documents.Text(finding["sentence"]),))]
    if finding["caveats"]:
        blocks.append(documents.Note("caveat", "Take care", (documents.Text(" ".join(finding["caveats"])),)))
    blocks.append(documents.Heading(2, "How these figures were made", anchor=f"{finding['name']}-made"))
    blocks.append(documents.Facts(tuple((term, (documents.Text(said),)) for term, said in facts_of(record, finding))))
    blocks.append(documents.Heading(2, "Every figure, with what it was made of", anchor=f"{finding['name']}-figures"))
    blocks.append(_table(finding))
    return documents.Page(
        slug=f"figures-{finding['name'].replace('.', '-')}",
        title=finding["title"],
        blocks=tuple(blocks),
        part="papers",
        group=next(m["title"] for m in record["measures"] if m["name"] == finding["measure"]),
    )


HEADINGS = (
    "Period",
    "Area",
    "Group",
    "Figure",
    "Unit",
    "Lower limit",
    "Upper limit",
    "Numerator",
    "Denominator",
    "Notes",
)


def _table(finding: Record) -> documents.Table:
    cells: Sequence[Record] = finding["cells"]
    return documents.Table(
        name=f"figures-{finding['name'].replace('.', '-')}",
        caption=finding["title"],
        columns=tuple(
            documents.Column(h, h in ("Figure", "Lower limit", "Upper limit", "Numerator", "Denominator"))
            for h in HEADINGS
        ),
        rows=tuple(_row(cell) for cell in cells),
        row_headers=3,
        row_anchors=tuple(anchor_of(finding, cell) for cell in cells),
    )


def _row(cell: Record) -> tuple[documents.Entry, ...]:
    notes = cell.get("why", "")
    if "conversion" in cell:
        notes += f" {cell['conversion']['share']:.1%} converted: {cell['conversion']['basis']}."
    return (
        cell["period"]["label"],
        cell["place"]["name"],
        cell["group"] or "all",
        cell["text"],
        cell.get("unit", ""),
        *(_end(cell, end) if end in cell else "" for end in ("lower", "upper")),
        *(f"{cell[key]:,.10g}" if key in cell else "" for key in ("numerator", "denominator")),
        notes.strip(),
    )


def _files(record: Record) -> documents.Page:
    columns = ("Dataset", "Producer", "Month", "File", "Rows", "Received", "SHA-256 of what was received", "Licence")
    rows = tuple(
        (
            s["dataset"],
            s["producer"],
            s["month"] or "all",
            s["file"],
            s["rows"],
            s["received"],
            s["sha256"],
            s["licence"],
        )
        for s in record["sources"]
    )
    table = documents.Table(
        name="source-files",
        caption="Every file this edition rests on, as it was received",
        columns=tuple(documents.Column(c, c == "Rows") for c in columns),
        rows=rows,
        row_headers=4,
    )
    return documents.Page("source-files", "Every source file", (table,), part="papers", group="Files")
