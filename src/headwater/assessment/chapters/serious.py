"""Serious violence, by the definition that this area has agreed: what is in, what is out, and how much."""

from collections.abc import Sequence

from headwater import documents
from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.local import offences
from headwater.vocabulary import Measure

NAME = "serious-violence"
UNREAD = "unverified"


def serious(d: Drafting) -> str:
    """How much, whether it changed, and which offences count; nothing where no police records have landed or nothing was chosen."""
    told = "".join(d.told(f"{NAME}.{part}") for part in ("count", "rate", "change", "since", "rolling", "control"))
    if not told:
        return ""
    measure = _measure(d)
    return (
        f"No law fixes which offences are serious violence. {measure.caveats[-1]}\n\nFigures under any other definition can be neither "
        f"added to these nor compared with them.\n\n{told}## In and out\n\n"
        "{{ show: serious-violence-offences }}\n\n"
    )


def _measure(d: Drafting) -> Measure:
    return next(measure for measure in d.measures if measure.name == NAME)


def offences_counted(d: Drafting) -> Sequence[documents.Block]:
    """Every offence of the list, and whether it counts."""
    if not d.find(f"{NAME}.count"):
        return ()
    measure = _measure(d)
    counted = set(measure.where["offence_code"])
    rows = tuple(
        (each.code, each.title, each.subgroup.replace("-", " "), "in" if each.code in counted else "out",
         "" if each.checked == "read" else UNREAD)
        for each in offences().offences.values()
    )  # fmt: skip
    columns = tuple(documents.Column(title) for title in ("Code", "Offence", "Group", "Counted", "Code and dates"))
    never = f"Never counted where flagged: {', '.join(measure.without)}. " if measure.without else ""
    note = f"{never}Unverified: nobody has yet held the code and its dates against the current Counting Rules."
    return (documents.Table(f"{NAME}-offences", f"What {measure.definition} counts", columns, rows, note=note),)
