"""Comparing records by Fellegi and Sunter's model (with Splink), and saying which are of one person."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.engine import open_sealed
from headwater.lake.linking.definition import FIELDS, Linkage, Rules
from headwater.vocabulary import BadInput

FEWEST = 500
"""Below this many records there are too few true pairs to learn from."""
SAMPLE = 1_000_000
"""Pairs drawn to learn how often records of different people agree."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one level of agreement on one field tells."""

    field: str
    level: str
    """In words: 'Exact match on date_of_birth'."""
    same: float
    """How often records of one person agree like this."""
    different: float
    """How often records of different people do."""

    @property
    def bits(self) -> float:
        """How strongly it speaks for one person (above nought) or against: a bit doubles the odds."""
        return math.log2(self.same / self.different)


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found: places of records in the table that was handed in, and no value of any."""

    left: NDArray[np.int64]
    """Of each pair worth a look, in order, the earlier record,"""
    right: NDArray[np.int64]
    """the later record,"""
    probability: NDArray[np.float64]
    """and how likely it is that they are of one person."""
    group: NDArray[np.int64]
    """For each record, the first record of its person."""
    weights: tuple[Weight, ...]


def match(records: pa.Table, linkage: Linkage, *, threads: int = 1, memory: str = "4GiB") -> Matched:
    """Which records are of one person. `records` has the columns of FIELDS, as text.

    Nothing is written anywhere. The same records in the same order give the same answer. Raises BadInput where there are too
    few records to learn from, StorageTrouble where they do not fit in memory.
    """
    if records.num_rows < FEWEST:
        raise BadInput(
            f"linkage learns from the records themselves how often one person's differ, and {records.num_rows:,} are too few: "
            f"it needs {FEWEST:,} or more"
        )
    with open_sealed(threads=threads, memory=memory) as database:
        linker = _trained(records, linkage, database)
        found = linker.inference.predict(threshold_match_probability=linkage.review_from).as_pyarrow_table()
        weights = tuple(_weights(linker.misc.save_model_to_json()))
    left, right = (found[f"unique_id_{side}"].to_numpy().astype(np.int64) for side in "lr")
    low, high = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((high, low))
    low, high, likely = low[order], high[order], found["match_probability"].to_numpy()[order]
    taken = likely >= linkage.threshold
    return Matched(low, high, likely, _groups(records.num_rows, low[taken], high[taken]), weights)


def _trained(records: pa.Table, linkage: Linkage, database: Any) -> Any:
    """A linker that has learnt how often each field agrees, in pairs of one person and in pairs of two."""
    from splink import Linker, SettingsCreator

    numbered = records.select(FIELDS).append_column("unique_id", pa.array(np.arange(records.num_rows)))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(field, kind, records.num_rows) for field, kind in linkage.compare.items()],
        blocking_rules_to_generate_predictions=_blocking(linkage.block),
        retain_matching_columns=False,
    )
    linker = Linker(database.register(numbered), settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(_blocking(linkage.sure), recall=linkage.sure_recall)
    training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=1)
    for rule in _blocking(linkage.learn):
        training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def _blocking(rules: Rules) -> list[Any]:
    from splink import block_on

    return [block_on(*rule) for rule in rules]


def _comparison(field: str, kind: str, records: int) -> Any:
    import splink.comparison_library as compare

    match kind:
        case "name":
            likeness = compare.NameComparison(field, jaro_winkler_thresholds=[0.92, 0.8])
            return likeness.configure(term_frequency_adjustments=True)
        case "date":
            return compare.DateOfBirthComparison(field, input_is_string=True)
        case "number":  # two people share one only by a mistake, which no sample of pairs is large enough to meet
            return compare.ExactMatch(field).configure(u_probabilities=[1 / records, 1 - 1 / records])
        case _:
            return compare.ExactMatch(field)


def _weights(model: dict[str, Any]) -> Iterator[Weight]:
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            same, different = level.get("m_probability"), level.get("u_probability")
            if same and different:
                yield Weight(comparison["output_column_name"], level["label_for_charts"], same, different)


def _groups(records: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first record of each record's group: those joined by any chain of links are one."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    joined = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(records, records))
    _, label = connected_components(joined, directed=False)
    _, first, place = np.unique(label, return_index=True, return_inverse=True)
    return first[place].astype(np.int64)
