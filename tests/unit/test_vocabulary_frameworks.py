"""Frameworks, factors and evidence: what a file must say, the ones that come with the house, and a workspace's own in their place."""

from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from headwater.assessment import frameworks, interventions, measures, risk_factors
from headwater.sources.contract import read_contracts
from headwater.vocabulary import BadInput, Element, Evidence, FactorList, Framework, WrongRequest
from headwater.vocabulary.factors import EcologicalLevel
from headwater.vocabulary.interventions import PreventionLevel

HOME = Path(str(files("headwater")))
SHIPPED, FACTORS, KNOWN = frameworks(), risk_factors(), interventions()
DUTY = SHIPPED["serious-violence-duty"]
REGISTER = read_contracts(HOME / "sources" / "services" / "contract.toml")["services.register"].codes

FRAMEWORK = """title = "Ours"
owner = "Us"
agreed = 2026-01-01
review_by = 2027-01-01
version = "1"
source_url = "https://example.org"
why = "Because."

[[elements]]
id = "kinds"
title = "Kinds"
says = "What kinds there are."
who = ["police"]
source = "A page"
looked_at = 2026-01-01
verified = true
"""
EVIDENCE = """title = "Ours"
what = "Something is done."
impact = "high"
security = "limited"
cost = "low"
says = "It helps."
prevention = ["primary"]
owner = "Us"
agreed = 2026-01-01
review_by = 2027-01-01
version = "1"
source = "A page"
looked_at = 2026-01-01
verified = false
"""


def written(folder: Path, text: str, name: str = "ours.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    _ = path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_what_the_rooms_below_rest_on_is_there() -> None:
    assert set(SHIPPED) == {
        "serious-violence-duty",
        "vru-core-members",
        "response-strategy",
        "levels",
        "quarterly-return",
        "organisations",
    }
    assert len(SHIPPED["response-strategy"].elements) == 5
    assert len(SHIPPED["vru-core-members"].elements) == 7
    assert [element.id for element in SHIPPED["levels"].sections["Prevention"]] == list(get_args(PreventionLevel))
    assert [element.id for element in SHIPPED["levels"].sections["Ecological model"]] == list(get_args(EcologicalLevel))
    assert {factor.level for factor in FACTORS.values()} == set(get_args(EcologicalLevel))
    assert 12 <= len(KNOWN) <= 30


def test_every_entry_says_where_it_was_read_and_when_and_whether_it_was() -> None:
    entries = [
        *(element for framework in SHIPPED.values() for element in framework.elements),
        *FACTORS.values(),
        *KNOWN.values(),
    ]
    for entry in entries:
        assert entry.source
        assert entry.looked_at <= date(2026, 11, 24)
        assert isinstance(entry.verified, bool)
        assert entry.source_url.startswith(("http://", "https://")) or "analyst" in entry.source or not entry.verified
        assert (
            entry.verified or entry.note or entry.source_url or "knowledge" in entry.source or "found" in entry.source
        )
    assert all(each.owner and each.agreed < each.review_by for each in [*SHIPPED.values(), *KNOWN.values()])


def test_each_duty_says_whom_it_binds_what_would_show_it_and_what_the_law_says() -> None:
    for element in DUTY.elements:
        assert element.who
        assert element.proof
        assert element.citation or element.force == "should"
        assert element.section
    assert DUTY.find("kinds").citation.endswith("section 8(3)(a)")
    assert DUTY.find("actions-for-others").force == "may"
    assert {"publish", "others-act", "share-information"} < {each.id for each in DUTY.elements if not each.verified}


def test_the_seven_specified_authorities_are_those_that_the_duty_binds() -> None:
    specified = [element.id for element in SHIPPED["organisations"].sections["Specified authorities"]]
    assert sorted(DUTY.find("collaborate").who) == sorted(specified)


def test_a_levels_ids_are_the_words_of_measures_and_of_the_register_of_services() -> None:
    assert set(REGISTER["prevention"].values()) == set(get_args(PreventionLevel))
    for evidence in KNOWN.values():
        assert set(evidence.activities) <= set(REGISTER["activity"].values())


def test_measures_that_tell_of_a_factor_exist_and_stand_at_its_level() -> None:
    by_name = {measure.name: measure for measure in measures()}
    for factor in FACTORS.values():
        assert set(factor.measures) <= set(by_name), factor.id
        assert {by_name[name].factor for name in factor.measures} <= {factor.level, ""}, factor.id


def test_what_only_frightens_is_not_called_harmless() -> None:
    assert {name for name, evidence in KNOWN.items() if evidence.impact == "harmful"} == {
        "boot-camps",
        "prison-awareness",
    }
    assert KNOWN["focused-deterrence"].verified
    assert not KNOWN["hot-spot-policing"].verified


def test_an_entry_can_be_pinned_and_says_its_source_in_words() -> None:
    assert KNOWN["mentoring"].identity == "mentoring version 1"
    assert DUTY.identity == "serious-violence-duty version 1"
    assert DUTY.find("kinds").attribution.endswith("section 8, looked at on 2026-11-24")
    assert KNOWN["knife-surrender"].attribution.endswith("; not verified")


def test_what_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(WrongRequest, match=r"'cause' .*'causes'"):
        _ = DUTY.find("cause")


def test_a_workspaces_own_file_stands_in_for_the_shipped_and_may_be_added(tmp_path: Path) -> None:
    _ = written(tmp_path / "frameworks", FRAMEWORK, "response-strategy.toml")
    _ = written(tmp_path / "interventions", EVIDENCE, "detached-youth-work.toml")
    assert [element.id for element in frameworks(tmp_path)["response-strategy"].elements] == ["kinds"]
    assert set(interventions(tmp_path)) - set(KNOWN) == {"detached-youth-work"}
    assert risk_factors(tmp_path) == FACTORS


def test_a_workspaces_own_kinds_of_organisation_may_be_named(tmp_path: Path) -> None:
    shipped = (HOME / "definitions" / "frameworks" / "organisations.toml").read_text("utf-8")
    own = (
        FRAMEWORK[FRAMEWORK.index("[[elements]]") :].replace('who = ["police"]\n', "").replace("kinds", "football-club")
    )
    _ = written(tmp_path / "frameworks", f"{shipped}\n{own}", "organisations.toml")
    _ = written(tmp_path / "frameworks", FRAMEWORK.replace('"police"', '"football-club"'))
    assert frameworks(tmp_path)["ours"].elements[0].who == ("football-club",)


def test_a_factor_of_two_files_is_refused(tmp_path: Path) -> None:
    shipped = (HOME / "definitions" / "risk_factors" / "society.toml").read_text("utf-8")
    _ = written(tmp_path / "risk_factors", shipped)
    with pytest.raises(BadInput, match=r"ours\.toml: the id 'deprivation' stands in another file"):
        _ = risk_factors(tmp_path)


def _framework(path: Path) -> object:
    return Framework.read(path, ["police"])


@pytest.mark.parametrize(
    ("read", "text", "change", "complaint"),
    [
        (_framework, FRAMEWORK, ("who =", "whom ="), r"ours\.toml, 'kinds': not understood: 'whom' \(there is 'who'"),
        (_framework, FRAMEWORK, ('source = "A page"\n', ""), r"ours\.toml, 'kinds': missing: source"),
        (_framework, FRAMEWORK, ('"A page"', '""'), r"'kinds': source is empty: write it"),
        (_framework, FRAMEWORK, ("verified = true", 'verified = "yes"'), r"'kinds': verified is true or false, without"),
        (_framework, FRAMEWORK, ("looked_at = 2026-01-01", 'looked_at = "today"'), r"'kinds': looked_at is a date without"),
        (_framework, FRAMEWORK, ('"police"', '"polise"'), r"no kind of organisation is called 'polise' \(there is 'police'"),
        (_framework, FRAMEWORK, ('["police"]', '"police"'), r"'kinds': who is a list of texts"),
        (_framework, FRAMEWORK, ('id = "kinds"', 'id = "The kinds"'), r"\[\[elements\]\] number 1: id is small letters"),
        (_framework, FRAMEWORK, ('id = "kinds"\n', ""), r"\[\[elements\]\] number 1: id is small letters"),
        (_framework, FRAMEWORK, ('owner = "Us"\n', ""), r"ours\.toml: missing: owner"),
        (_framework, FRAMEWORK, ("[[elements]]", "[[parts]]"), r"there are no entries: begin each with \[\[elements\]\]"),
        (_framework, FRAMEWORK, ("[[elements]]", "elements = 3\n[[parts]]"), r"there are no entries"),
        (_framework, FRAMEWORK, ('title = "Ours"', "title = Ours"), r"ours\.toml is not a readable TOML file"),
        (Evidence.read, EVIDENCE, ('"high"', '"hihg"'), r"ours\.toml: impact is one of high, .*; not 'hihg' \(there is 'high'"),
        (Evidence.read, EVIDENCE, ('["primary"]', '["first"]'), r"prevention may hold primary, secondary, tertiary; not 'first'"),
        (Evidence.read, EVIDENCE, ("cost =", "costs ="), r"not understood: 'costs' \(there is 'cost'"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place_and_what_would_do(
    tmp_path: Path, read: Callable[[Path], object], text: str, change: tuple[str, str], complaint: str
) -> None:
    assert change[0] in text
    with pytest.raises(BadInput, match=complaint):
        _ = read(written(tmp_path, text.replace(*change, 1)))


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    twice = f"{FRAMEWORK}\n{FRAMEWORK[FRAMEWORK.index('[[elements]]') :]}"
    with pytest.raises(BadInput, match=r"ours\.toml: the id 'kinds' is used twice"):
        _ = Framework.read(written(tmp_path, twice), ["police"])


def test_factors_stand_at_the_level_of_their_file_and_at_no_other(tmp_path: Path) -> None:
    text = (HOME / "definitions" / "risk_factors" / "society.toml").read_text("utf-8")
    with pytest.raises(BadInput, match=r"ours\.toml: level is one of individual, .*; not 'societal'"):
        _ = FactorList.read(written(tmp_path, text.replace('level      = "society"', 'level = "societal"')))
    with pytest.raises(BadInput, match=r"ours\.toml, 'deprivation': not understood: 'level'"):
        _ = FactorList.read(
            written(tmp_path, text.replace('id         = "deprivation"', 'id = "deprivation"\nlevel = "society"'))
        )


def test_an_element_may_be_silent_about_all_but_what_it_says_and_its_source() -> None:
    element = Element(id="a", title="A", says="This.", source="B", looked_at=date(2026, 1, 2), verified=False)
    assert (element.who, element.proof, element.citation, element.force) == ((), (), "", "must")
