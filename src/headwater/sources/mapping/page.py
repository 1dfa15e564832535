"""A proposed mapping as the text of a file that people read, change and agree."""

import json
from collections.abc import Iterable

from headwater.sources.contract import Contract
from headwater.sources.mapping.proposal import Proposal

_PAGE = """\
# How {producer} names what {dataset} calls otherwise. Proposed by `headwater map`; people agree it.
# Columns that are not named here are never read. Read every line, then say who agreed it and when.

dataset = {dataset_}
producer = {producer_}
agreed_by = ""
agreed = ""  # the day, as 2026-11-23

# Which stands first in a date like 04/03/2024: "day first", or "month first". Empty: days first, and whatever speaks against it is refused.
date_order = ""
dates = {dates}

# The header it is for. A file with another header is not read through it.
header = {header}

# What the contract calls it = what they call it.
[columns]
{columns}
{missing}
# What is the same in every row of their files, and has no column: "Site code" = "RXX01"
[always]
{codes}"""


def mapping_page(proposal: Proposal, contract: Contract, producer: str) -> str:
    """The text of a new mapping. It holds names of columns, and no cell."""
    kinds = {look.name: look.kind for look in proposal.looks}
    dated = [pair.column for pair in proposal.pairs if kinds[pair.theirs] == "date"]
    pairs = (f"{_quoted(pair.column)} = {_quoted(pair.theirs)}  # {pair.because}" for pair in proposal.pairs)
    return _PAGE.format(
        producer=" ".join(producer.split()),
        dataset=contract.dataset,
        dataset_=_quoted(contract.dataset),
        producer_=_quoted(producer),
        dates=_list(dated),
        header=_list(proposal.header),
        columns="\n".join(pairs),
        missing="".join(f'# {_quoted(name)} = ""  # needed: nothing was found for it\n' for name in proposal.missing),
        codes="".join(_codes(proposal, contract)),
    )


def _codes(proposal: Proposal, contract: Contract) -> Iterable[str]:
    """An empty list for each column of agreed words. Theirs are for people to fill in: a cell may be anything."""
    forms = {column.name: column.form for column in contract.columns}
    for pair in proposal.pairs:
        if (form := forms[pair.column]).startswith("codes:"):
            words = ", ".join(map(_quoted, contract.codes[form.removeprefix("codes:")]))
            yield f"\n# Their word = one of: {words}\n[codes.{_quoted(pair.column)}]\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
