"""A strategy to be asked: what belongs to what, in the one that stands now or in a version that was frozen."""

from functools import cached_property
from typing import Any

from headwater.strategy.questions.content import Content, Entry

HIDDEN = "Not shown: your role does not open figures that are not released."


class Strategy:
    """What `content` holds, with its parts looked up by one another. `shows` says whether whoever asks may see its figures."""

    def __init__(self, held: Content, *, shows: bool = True) -> None:
        self.held = held
        self.shows = shows

    def __getattr__(self, kind: str) -> list[Entry]:
        """The entries of one kind: `strategy.needs`."""
        if kind.startswith("_") or kind not in self.held:
            raise AttributeError(kind)
        return self.held[kind]

    @cached_property
    def named(self) -> dict[str, dict[str, Entry]]:
        """Entries by kind and slug."""
        return {
            kind: {e["slug"]: e for e in self.held[kind]} for kind in self.held if isinstance(self.held[kind], list)
        }

    def find(self, kind: str, slug: str | None) -> Entry | None:
        """One entry, or None."""
        return self.named[kind].get(slug or "")

    def of(self, kind: str, **wanted: Any) -> list[Entry]:
        """The entries of a kind whose fields are as wanted: `strategy.of("needs", priority=slug)`."""
        return [each for each in self.held[kind] if all(each[name] == value for name, value in wanted.items())]

    def causes_of(self, act: Entry) -> list[Entry]:
        """The causes that an action acts on."""
        return self._ends(act, "cause", "causes")

    def outcomes_of(self, act: Entry) -> list[Entry]:
        """The outcomes that an action is to lead to."""
        return self._ends(act, "outcome", "outcomes")

    def needs_of(self, act: Entry) -> list[Entry]:
        """The needs whose causes an action acts on."""
        slugs = dict.fromkeys(cause["need"] for cause in self.causes_of(act))
        return [need for slug in slugs if (need := self.find("needs", slug))]

    def acts_on(self, need: Entry) -> list[Entry]:
        """The actions that act on a cause of a need."""
        return [act for act in self.held["actions"] if need in self.needs_of(act)]

    def money_of(self, act: Entry) -> int:
        """Pence."""
        return sum(line["pence"] for line in self.of("money", action=act["slug"]))

    def figure(self, need: Entry) -> str:
        """What a need rests on, in words; or that whoever asks may not see it, or that there is nothing."""
        if not need["finding"]:
            return ""
        return need["figure"] if self.shows else HIDDEN

    def _ends(self, act: Entry, field: str, kind: str) -> list[Entry]:
        slugs = [arrow[field] for arrow in self.of("assumptions", action=act["slug"])]
        return [found for slug in slugs if (found := self.find(kind, slug))]
