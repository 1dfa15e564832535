"""Statistics: arrays in, frozen sets of arrays out; no files, no clock, no chance that is not handed in."""

from headwater.methods.concentration import chance_concentration, gini, lorenz, top_share
from headwater.methods.consistency import parts_and_total, percentage_and_counts
from headwater.methods.control import control_chart
from headwater.methods.funnel import funnel_limits, funnel_position
from headwater.methods.hidden_bootstrap import hidden_population_bootstrap
from headwater.methods.hidden_checks import hidden_population_models, list_drop
from headwater.methods.hidden_population import hidden_population
from headwater.methods.interrupted import interrupted_series, verdict
from headwater.methods.linking import linkage_quality, linked_range, linked_share, weighted_proportion
from headwater.methods.means import mean_with_limits
from headwater.methods.poisson import byar, poisson_limits
from headwater.methods.power import detectable_change
from headwater.methods.priorities import priority_ranking
from headwater.methods.proportions import wilson
from headwater.methods.ranking import rank_interval, stability
from headwater.methods.rates import crude_rate, direction, rate_ratio
from headwater.methods.reach import representation
from headwater.methods.seasons import seasonality
from headwater.methods.series import rolling_sum
from headwater.methods.slope import slope_index
from headwater.methods.standardised import directly_standardised_rate, indirectly_standardised_ratio
from headwater.methods.synthetic import synthetic_control
from headwater.methods.waiting import time_to_outcome

__all__ = [
    "byar",
    "chance_concentration",
    "control_chart",
    "crude_rate",
    "detectable_change",
    "direction",
    "directly_standardised_rate",
    "funnel_limits",
    "funnel_position",
    "gini",
    "hidden_population",
    "hidden_population_bootstrap",
    "hidden_population_models",
    "indirectly_standardised_ratio",
    "interrupted_series",
    "linkage_quality",
    "linked_range",
    "linked_share",
    "list_drop",
    "lorenz",
    "mean_with_limits",
    "parts_and_total",
    "percentage_and_counts",
    "poisson_limits",
    "priority_ranking",
    "rank_interval",
    "rate_ratio",
    "representation",
    "rolling_sum",
    "seasonality",
    "slope_index",
    "stability",
    "synthetic_control",
    "time_to_outcome",
    "top_share",
    "verdict",
    "weighted_proportion",
    "wilson",
]
