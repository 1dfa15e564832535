"""Files of respondents, recognised by their columns and turned into shares; those that could tell who somebody is are refused."""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.authorities import Placed
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.published import Figure, Span, conform_counts, group_of
from headwater.sources.reading import Reading, Unusable, in_our_names, readable
from headwater.sources.source import Account, Extract, Recognition
from headwater.sources.surveys.rows import WEIGHT, WHOLE, Respondent, questions_of, wave_of
from headwater.sources.surveys.shares import Tally, figures, respondents
from headwater.vocabulary import BadInput

PRODUCER, DATASET = "surveys", "surveys.responses"
_SMALL = re.compile(r"[EWZ]0[0-5]\d{6}")
"""Codes of output areas, super output areas and wards."""
_SENTENCE = 60
"""Letters from which a cell is somebody's own words."""

Key = tuple[str, Span, Placed, str | None]
"""The survey, the wave, the area and the ages."""


class Surveys:
    """What people say when they are asked."""

    name = "surveys"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """A file of respondents with a question at least; its series is of its surveys, waves, areas and questions.

        Raises BadInput where its cells could tell who a respondent is.
        """
        contract = self.contracts[DATASET]
        asked = (
            sorted(set(contract.match(header)) & set(questions_of(contract))) if contract.likeness(header) == 1 else []
        )
        if not asked:
            return None
        said = list(_rows(path, header, contract))
        _refuse_telling(said, asked)
        told = {"/".join(row.said[column].casefold() for column in ("Survey", "Wave", "Area code")) for row in said}
        scope = zlib.crc32("|".join([*asked, *sorted(told)]).encode())
        return Recognition(DATASET, f"{PRODUCER}-{scope:08x}-{_release(said).replace(' ', '-')}")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        return conform_counts(self.contracts[dataset], extracts, folder, _read)


def _read(reading: Reading, extract: Extract, contract: Contract) -> Iterator[str]:
    matched = contract.match(extract.header)
    release = _release(list(_rows(extract.path, extract.header, contract)))
    tallies: defaultdict[Key, defaultdict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for line, cells in reading.rows(extract):
        one = Respondent(in_our_names(cells, matched), contract)
        try:
            _count(one, tallies)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
        else:
            reading.keep_rows(1)
    for (survey, wave, area, age), told in sorted(tallies.items(), key=lambda held: str(held[0])):
        found = _figures(survey, age, told)
        reading.add("counts", (figure.row(contract, PRODUCER, release, area, wave) for figure in found))
    if WEIGHT not in matched:
        yield f"{extract.name} has no weights: every respondent counts for one, though some groups answer less than others"
    if WHOLE not in matched:
        yield (
            f"{extract.name} does not name the whole area: its figure is its districts' added up by their effective numbers, which "
            "is only roughly its own weighted share"
        )


_EVERYBODY = ""
"""Where a tally is of all respondents, whatever they answered."""


def _count(one: Respondent, tallies: defaultdict[Key, defaultdict[str, Tally]]) -> None:
    """Put a respondent into every tally they belong to; into none where anything they said cannot be read."""
    survey, wave, weight, age, answers = one.survey, one.wave, one.weight, one.age, one.answers()
    for area in one.areas:
        for ages in dict.fromkeys((None, age)):
            told = tallies[survey, wave, area, ages]
            told[_EVERYBODY].add(weight, counts=True)
            for question, counts in answers.items():
                told[question].add(weight, counts=counts)


def _figures(survey: str, age: str | None, told: Mapping[str, Tally]) -> Iterator[Figure]:
    yield respondents(survey, group_of(age=age), told[_EVERYBODY].respondents)
    for question, tally in sorted(told.items()):
        if question != _EVERYBODY:
            yield from figures(survey, question, age, tally)


def _rows(path: Path, header: tuple[str, ...], contract: Contract) -> Iterator[Respondent]:
    """Every row that can be read at all."""
    matched = contract.match(header)
    for cells in readable(path, header):
        yield Respondent(in_our_names(cells, matched), contract)


def _refuse_telling(rows: Sequence[Respondent], asked: Sequence[str]) -> None:
    """Refuse a file that says more of its respondents than a survey need keep; the message holds no cell."""
    if small := sum(bool(_SMALL.fullmatch(row.said["Area code"])) for row in rows):
        raise BadInput(
            f"a survey has {small:,} row{'s' * (small > 1)} with an area smaller than a district. A small area, with ages and answers, could tell who "
            "somebody is: ask for the code of the district in its place. Nothing of it was kept."
        )
    if wordy := [question for question in asked if any(len(row.said[question]) > _SENTENCE for row in rows)]:
        raise BadInput(
            f"{', '.join(map(repr, wordy))} of a survey holds sentences: answers are words of a list, and what somebody wrote "
            "could tell who they are. Take the column out, or ask for the coded one. Nothing of it was kept."
        )


def _release(rows: Sequence[Respondent]) -> str:
    waves = [wave for row in rows if (wave := _wave(row))]
    return f"waves to {max(waves).label}" if waves else "unknown"


def _wave(row: Respondent) -> Span | None:
    try:
        return wave_of(row.said["Wave"])
    except Unusable:
        return None


SOURCE = Surveys()
