"""Codes that come and go, and definitions of serious violence that may not be mixed."""

from importlib.resources import files
from pathlib import Path

import pytest

from headwater.vocabulary import BadInput, LocalDefinition, OffenceList, WrongRequest, joinable

DEFINITIONS = Path(str(files("headwater") / "definitions"))
KNOWN = OffenceList.read(DEFINITIONS / "offences" / "home-office.toml")
SHIPPED = {
    path.stem: LocalDefinition.read(path, KNOWN) for path in sorted((DEFINITIONS / "serious_violence").glob("*.toml"))
}


def test_every_published_definition_is_there_with_its_owner_and_says_how_its_words_were_read() -> None:
    assert set(SHIPPED) == {
        "thames-valley-2021",
        "devon-2023",
        "avon-and-somerset",
        "london-minimum",
        "hmicfrs-youth-2023",
    }
    for definition in SHIPPED.values():
        assert definition.owner
        assert definition.source_url.startswith("https://")
        assert definition.exact or definition.reading, "a list that was not published says how its words were read"
        assert definition.codes(KNOWN)


def test_what_rests_on_working_knowledge_is_marked() -> None:
    checked = {offence.checked for offence in KNOWN.offences.values()}
    assert checked == {"read", "unverified"}
    assert KNOWN.find("3B").checked == "read"
    assert KNOWN.find("8N").checked == "unverified"


def test_a_retired_code_gives_way_to_those_that_replaced_it_without_a_gap() -> None:
    for old in KNOWN.offences.values():
        for new in map(KNOWN.find, old.replaced_by):
            assert old.in_use("2012-03")
            assert not old.in_use("2012-04")
            assert new.in_use("2012-04")
            assert not new.in_use("2012-03")
            assert (old.group, old.subgroup) == (new.group, new.subgroup)


def test_thames_valley_leaves_out_domestic_violence_and_possession_and_devon_does_not() -> None:
    injury, blade = KNOWN.find("8N"), KNOWN.find("10D")
    thames, devon = SHIPPED["thames-valley-2021"], SHIPPED["devon-2023"]
    assert thames.covers(injury, {"knife"})
    assert not thames.covers(injury, {"knife", "domestic"})
    assert not thames.covers(blade)
    assert devon.covers(injury, {"domestic"})
    assert devon.covers(blade)


def test_avon_and_somerset_counts_all_violence_against_the_person_but_neglect() -> None:
    counted = set(SHIPPED["avon-and-somerset"].codes(KNOWN))
    person = {code for code, offence in KNOWN.offences.items() if offence.group == "violence-against-the-person"}
    assert person - counted == {"11A"}


def test_only_the_inspectorate_asks_for_ages() -> None:
    assert {name: definition.ages for name, definition in SHIPPED.items() if definition.ages} == {
        "hmicfrs-youth-2023": (14, 24)
    }


def test_figures_under_two_definitions_are_not_put_together() -> None:
    joinable([SHIPPED["devon-2023"], SHIPPED["devon-2023"]])
    with pytest.raises(
        WrongRequest, match=r"devon-2023 version 1; thames-valley-2021 version 1.*neither added nor compared"
    ):
        joinable([SHIPPED["devon-2023"], SHIPPED["thames-valley-2021"]])


def test_a_fork_with_a_slip_is_refused_with_the_nearest(tmp_path: Path) -> None:
    text = (DEFINITIONS / "serious_violence" / "devon-2023.toml").read_text("utf-8")
    path = tmp_path / "ours.toml"
    path.write_text(text.replace('"homicide"', '"homocide"'), "utf-8", newline="\n")
    with pytest.raises(BadInput, match=r"ours\.toml, include: .*'homocide' \(there is 'homicide'"):
        LocalDefinition.read(path, KNOWN)
    path.write_text(text.replace("words =", "wrods ="), "utf-8", newline="\n")
    with pytest.raises(BadInput, match=r"'wrods' \(there is 'words'"):
        LocalDefinition.read(path, KNOWN)


def test_a_code_nobody_has_is_a_wrong_request() -> None:
    with pytest.raises(WrongRequest, match=r"'8NN' \(there is '8N'"):
        KNOWN.find("8NN")
