"""The parts that pretend data is made from: chance, cutting, ranking, reading a recipe, writing files."""

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.sources.deprivation.invented import LSOAS_IN_ENGLAND, decile, national_ranks
from headwater.sources.inventing import example_recipe, invent
from headwater.sources.pretend import (
    Recipe,
    about_so_many,
    bell,
    draws,
    pick,
    share_out,
    weights,
    write_archive,
    write_table,
)
from headwater.sources.pretend.areas import carve, mend
from headwater.sources.pretend.land import pieces
from headwater.vocabulary import BadInput, WrongRequest


@given(st.integers(0, 5_000), st.lists(st.integers(1, 1_000_000), min_size=1, max_size=40))
def test_sharing_out_adds_up_and_is_never_a_whole_one_off(total: int, weight: list[int]) -> None:
    shared = share_out(total, np.array(weight))
    fair = [total * one / sum(weight) for one in weight]
    assert shared.sum() == total
    assert all(abs(have - want) < 1 for have, want in zip(shared, fair, strict=True))


def test_chance_for_one_thing_owes_nothing_to_another() -> None:
    first = draws(1, "street", "2022-04").random(5)
    draws(1, "street", "2022-05").random(1_000)
    assert np.array_equal(first, draws(1, "street", "2022-04").random(5))
    assert not np.array_equal(first, draws(1, "street", "2022-05").random(5))
    assert not np.array_equal(first, draws(2, "street", "2022-04").random(5))


def test_chance_is_the_same_on_every_machine() -> None:
    """PCG64's own numbers, as they came out when this was written; numpy promises never to change them."""
    assert draws(1835, "land").random(3).tolist() == LAND
    assert (bell(draws(1835, "bell"), 3) * (1 << 20)).astype(int).tolist() == BELL


LAND = [0.999642226175894, 0.3495438151530533, 0.46453189547664986]
BELL = [1_443_938, 679_367, 585_711]


def test_a_bell_has_the_spread_of_a_standard_normal() -> None:
    drawn = bell(draws(1, "bell"), 50_000)
    assert drawn.mean() == pytest.approx(0, abs=0.02)
    assert drawn.std() == pytest.approx(1, abs=0.02)


def test_picking_follows_the_weights_and_never_picks_nothing() -> None:
    picked = pick(draws(1, "pick"), weights(np.array([0.0, 1.0, 3.0, 0.0])), 20_000)
    assert set(picked.tolist()) == {1, 2}
    assert (picked == 2).mean() == pytest.approx(0.75, abs=0.02)


def test_counts_scatter_as_counts_do() -> None:
    counts = np.array([about_so_many(draws(n, "count"), 400.0) for n in range(600)])
    assert counts.mean() == pytest.approx(400, abs=4)
    assert counts.var() == pytest.approx(400, rel=0.2)
    assert about_so_many(draws(1, "none"), 0.0) == 0


def test_carving_halves_people_evenly() -> None:
    x, y = np.meshgrid(np.arange(30.0), np.arange(20.0))
    label = carve(x.ravel(), y.ravel(), np.full(600, 100), 8, draws(1, "carve"))
    living = np.bincount(label, minlength=8) * 100
    assert len(living) == 8
    assert 0.6 < living.min() / 7_500 < 1 < living.max() / 7_500 < 1.5


def test_mending_leaves_every_area_in_one_piece() -> None:
    pairs = np.array([[n, n + 1] for n in range(9)])  # a road of ten houses
    mended = mend(np.array([0, 0, 0, 1, 0, 1, 1, 2, 1, 2]), pairs)
    assert sorted(set(mended.tolist())) == [0, 1, 2]
    same = pairs[mended[pairs[:, 0]] == mended[pairs[:, 1]]]
    assert len(set(pieces(same, 10).tolist())) == 3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=300))
def test_no_two_areas_share_a_rank_and_none_leaves_the_country(harder: list[float]) -> None:
    ranks = national_ranks(np.array(harder))
    assert len(set(ranks.tolist())) == len(harder)
    assert ranks.min() >= 1
    assert ranks.max() <= LSOAS_IN_ENGLAND
    assert all(np.diff(ranks[np.argsort(-np.array(harder), kind="stable")]) > 0)


def test_deciles_split_the_country_into_tenths() -> None:
    deciles = [decile(rank) for rank in range(1, LSOAS_IN_ENGLAND + 1)]
    assert (deciles[0], deciles[-1]) == (1, 10)
    assert {deciles.count(n) for n in range(1, 11)} <= {3375, 3376}


def test_an_archive_has_no_clock_in_it(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"b.csv": "é\n", "a.csv": "1\n"})
    with ZipFile(path) as archive:
        assert archive.namelist() == ["a.csv", "b.csv"]
        assert {(entry.date_time, entry.compress_type) for entry in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
        }
        assert archive.read("b.csv") == "é\n".encode()


def test_a_table_quotes_text_and_not_numbers(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", ("name", "n"), [("Cobnut Hill", 3), ("Loomgate", 0.5)])
    assert path.read_bytes() == b'"name","n"\n"Cobnut Hill",3\n"Loomgate",0.5\n'


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("seed = 1835", "sead = 1835"), "'sead' .*'seed'"),
        (("seed = 1835", ""), "missing: seed"),
        (("seed = 1835", 'seed = "lucky"'), "seed should be a int, not a str"),
        (("months = 48", "monthz = 48"), r"\[police\]: not understood: 'monthz' .*'months'"),
        (("town = [38.2, 40.2]\n", ""), r"\[\[districts\]\] 1: missing: town"),
        (("seed = 1835", "seed = = 1835"), "not a readable TOML file"),
        (("[land]", "[[land]]"), r"\[land\] should be a table"),
    ],
)
def test_a_recipe_is_refused_in_words(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    text = example_recipe().read_text("utf-8")
    assert change[0] in text
    recipe = tmp_path / "mine.toml"
    recipe.write_text(text.replace(*change, 1), encoding="utf-8", newline="\n")
    with pytest.raises(BadInput, match=says):
        Recipe.read(recipe)


def test_a_recipe_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.toml"):
        invent(tmp_path / "absent.toml", tmp_path)


def test_a_file_where_a_folder_is_wanted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongRequest, match="name a folder"):
        invent(example_recipe(), tmp_path / "out")
    assert (tmp_path / "out").read_text("utf-8") == "mine"
