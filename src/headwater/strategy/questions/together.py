"""How the partnership works together, in a strategy's publication."""

from collections.abc import Iterator

from django.utils.text import slugify

from headwater.documents import Block, Entry, Heading
from headwater.strategy.questions.standing import Strategy
from headwater.strategy.questions.tables import words_table


def together(strategy: Strategy) -> Iterator[Block]:
    """The organisations, what is asked of each, what each promised, and the checklists they are held to."""
    rows: list[tuple[Entry, ...]] = []
    for each in strategy.organisations:
        asked = strategy.of("actions", owner=each["slug"])
        promised = [
            a for a in asked if a["promise"] and a["promise"]["answer"] == "promised" and a["promise"]["of_this"]
        ]
        rows.append((each["name"], each["kind"], str(len(asked)), str(len(promised))))
    headings = ("Organisation", "Kind", "Actions asked of it", "Promised")
    yield words_table(
        "organisations", "Who is in the partnership, what is asked of each, and what each promised", headings, rows, 2
    )
    yield from _duties(strategy)


def _duties(strategy: Strategy) -> Iterator[Block]:
    """What shows that the partnership does what it is held to, in a version that was frozen since this is kept."""
    held = strategy.held.get("duties", ())
    for title in dict.fromkeys(each["framework"] for each in held):
        rows: list[tuple[Entry, ...]] = [
            (each["called"], each["state"], _names(each["shown_by"]), _names(each["lacking"]), _names(each["absent"]))
            for each in held
            if each["framework"] == title
        ]
        yield Heading(2, title)
        headings = ("What is asked", "State", "Shown by", "Yet to show it", "Not at the table")
        yield words_table(slugify(title), f"{title}: what shows that it is done", headings, rows)


def _names(names: list[str]) -> str:
    return "; ".join(names) or "none"
