"""What stands in the same columns of every partner's records, once they are safe."""

import pytest

from headwater.sources.safe_records import either, flag, told
from headwater.vocabulary import FLAGS


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ((), None),
        ((None, None), None),
        ((None, True), True),
        ((None, False), False),
        ((False, False), False),
        ((False, True), True),
        ((True, False), True),
    ],
)
def test_one_who_says_so_outweighs_one_who_denies_it_and_silence_says_nothing(
    said: tuple[bool | None, ...], means: bool | None
) -> None:
    assert either(*said) is means


def test_an_empty_cell_is_no_denial() -> None:
    assert [flag(said) for said in ("true", "false", "")] == [True, False, None]


def test_every_flag_is_told_of_or_is_nothing() -> None:
    cells = {f"told_{name}": "" for name in FLAGS} | {"told_knife": "true", "told_gang": "false"}
    assert told(cells) == {**dict.fromkeys(FLAGS), "knife": True, "gang": False}
