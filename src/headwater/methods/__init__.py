"""Statistics: arrays in, frozen sets of arrays out; no files, no clock, no chance that is not handed in."""

from headwater.methods.concentration import chance_concentration, gini, lorenz, top_share
from headwater.methods.control import control_chart
from headwater.methods.funnel import funnel_limits, funnel_position
from headwater.methods.poisson import byar, poisson_limits
from headwater.methods.proportions import wilson
from headwater.methods.ranking import rank_interval, stability
from headwater.methods.rates import crude_rate, direction, rate_ratio
from headwater.methods.series import rolling_sum

__all__ = [
    "byar",
    "chance_concentration",
    "control_chart",
    "crude_rate",
    "direction",
    "funnel_limits",
    "funnel_position",
    "gini",
    "lorenz",
    "poisson_limits",
    "rank_interval",
    "rate_ratio",
    "rolling_sum",
    "stability",
    "top_share",
    "wilson",
]
