"""Published figures that contradict themselves, or seem to: what the arithmetic says of each."""

import numpy as np
import pytest

from headwater.methods import parts_and_total, percentage_and_counts


def test_both_counts_of_uk_nationals_follow_from_the_share_printed_beside_them() -> None:
    """Home Office, NRM end of year summary 2024, as quoted: 4,411 (23%), then 4,441, of 19,125."""
    found = percentage_and_counts([4_411, 4_441], 19_125, 23)
    assert found.follows == (True, True)
    assert (found.lowest[0], found.highest[0]) == (4_304, 4_494)
    assert percentage_and_counts([4_411, 4_441], 19_125, 23.1, decimals=1).follows == (True, False)


def test_six_payments_miss_their_stated_total_by_more_than_pennies_can_explain() -> None:
    """London's Serious Violence Duty allocations, 2022-23 to 2024-25."""
    paid = [137_941.30, 206_621.25, 647_435.38, 623_888.22, 616_333.64, 316_430.36]
    found = parts_and_total(paid, 2_548_650.10, rounded_to=0.01)
    assert found.agrees == (False,)
    assert float(found.added) == pytest.approx(2_548_650.15)
    assert parts_and_total(paid[4:], 932_764, rounded_to=0.01).agrees == (True,), "as quoted a year later"


def test_violence_in_hammersmith_and_fulham_adds_up_in_every_year() -> None:
    """Strategic needs assessment, 2023: violence with and without injury, and violence against the person, 2018 to 2022."""
    with_injury, without = np.array([1756, 1803, 1575, 1526, 1635]), np.array([4141, 4485, 4344, 3042, 2928])
    total = np.array([5897, 6288, 5919, 4568, 4563])
    assert parts_and_total(np.stack([with_injury, without], axis=-1), total).agrees == (True,) * 5
    changes = [row[-1] - row[-2] for row in (total, with_injury, without)]
    before = [row[-2] for row in (total, with_injury, without)]
    assert percentage_and_counts(changes, before, [0, 7, -4]).follows == (True, True, True)


def test_permanent_exclusions_of_england_add_up() -> None:
    """DfE, 2019/20: primary 739, secondary 4,269, special 49; 5,057 in all, 0.06% of 8,255,046 pupils."""
    assert parts_and_total([739, 4_269, 49], 5_057).agrees == (True,)
    assert percentage_and_counts(5_057, 8_255_046, 0.06, decimals=2).follows == (True,)
