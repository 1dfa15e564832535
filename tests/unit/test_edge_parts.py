"""The parts of the edge, each by itself."""

import os
import stat
import sys
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.lake.agreements import agreements_of, write_template
from headwater.lake.terms import months_after
from headwater.sources.edge import Key, Postcodes, Whereabouts, WordList, identifiers, make_key, plain_words, read_key
from headwater.sources.edge.forms import band, codes_as_read, formed
from headwater.sources.edge.identifiers import age_at, moment, name_of, nhs_number, postcode
from headwater.sources.edge.persons import person_of
from headwater.vocabulary import BadInput, WrongRequest

KEY = Key(bytes(range(32)))
OTHER = Key(bytes(range(1, 33)))
WORDS = Path(__file__).parents[2] / "src" / "headwater" / "definitions" / "words" / "violence.toml"


@pytest.mark.parametrize("said", ["943 476 5919", "943-476-5919", "9434765919"])
def test_an_nhs_number_is_known_by_its_check_digit(said: str) -> None:
    """943 476 5919 is the example that NHS documents print."""
    assert nhs_number(said) == "9434765919"


@pytest.mark.parametrize(
    "said", ["9434765918", "943476591", "0000000000", "94347659190", "943476591X", "", "\u0669434765919"]
)
def test_what_is_no_nhs_number_is_not_taken_for_one(said: str) -> None:
    assert nhs_number(said) is None


def test_one_wrong_digit_is_always_found() -> None:
    right = "9434765919"
    for at in range(10):
        for digit in "0123456789":
            wrong = right[:at] + digit + right[at + 1 :]
            assert nhs_number(wrong) == (right if wrong == right else None)


@pytest.mark.parametrize(
    "said",
    ["03/04/1990", "1990-04-03", "3 Apr 1990", "19900403", "03-04-1990", "3 April 1990", "1990-04-03T00:00:00.000Z"],
)
def test_a_day_is_read_in_the_ways_it_is_written_with_the_day_before_the_month(said: str) -> None:
    found = moment(said)
    assert found is not None
    assert found.date() == date(1990, 4, 3)


@pytest.mark.parametrize("said", ["", "03/04/90", "31/02/1990", "0001-01-01", "yesterday", "13/13/1990"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert moment(said) is None


def test_age_is_whole_years_and_nobody_is_unborn_or_ancient() -> None:
    assert age_at(date(2000, 2, 29), date(2018, 2, 28)) == 17
    assert age_at(date(2000, 2, 29), date(2018, 3, 1)) == 18
    assert age_at(date(2020, 1, 1), date(2019, 12, 31)) is None
    assert age_at(date(1900, 1, 1), date(2023, 1, 1)) is None


@given(st.integers(0, 120))
def test_every_age_is_in_one_band(years: int) -> None:
    said = band(years, (0, 10, 18, 25, 65))
    first, last = (int(said[:-1]), 120) if said.endswith("+") else map(int, said.split("-"))
    assert first <= years <= last


def test_names_are_one_name_however_they_are_written() -> None:
    assert (
        len({name_of(said) for said in ("Zo\u00eb O'Brien", "O\u2019BRIEN, zoe", "Ms Zoe  O Brien", "zoe.o.brien")})
        == 1
    )
    assert name_of("Zoe O'Brien") != name_of("Zoe Obrien-Smith")


def test_a_person_is_known_by_the_best_that_is_said_of_them() -> None:
    full = {
        "nhs_number": ["9434765919"],
        "person_number": ["X1"],
        "name": ["Ann", "Lee"],
        "date_of_birth": ["03/04/1990"],
    }
    graded = [person_of(full, "a", KEY)]
    for gone in ("nhs_number", "person_number", "date_of_birth"):
        del full[gone]
        graded.append(person_of(full, "a", KEY))
    assert [person.grade if person else None for person in graded] == [
        "nhs-number",
        "own-number",
        "name-and-birth",
        None,
    ]
    assert len({person.key for person in graded if person}) == 3


def test_an_own_number_is_somebody_else_with_another_partner_and_a_wrong_nhs_number_is_nobodys() -> None:
    own = {"person_number": ["X1"], "nhs_number": ["9434765918"]}
    assert person_of(own, "a", KEY) == person_of({"person_number": [" x1"]}, "a", KEY)
    assert person_of(own, "a", KEY) != person_of(own, "b", KEY)


def test_keys_and_fingerprints_are_nothing_without_the_secret() -> None:
    assert KEY.person("nhs:9434765919") != OTHER.person("nhs:9434765919")
    assert KEY.fingerprint(b"x") != OTHER.fingerprint(b"x")
    assert KEY.person("x") != KEY.event("x"), "what is made for one use says nothing in another"
    assert bytes(range(32)).hex() not in repr(KEY) + KEY.mark


def test_a_key_is_made_for_its_owner_alone_and_never_twice(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "person.key"
    made = make_key(path, os.urandom(32))
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(path, tmp_path / "workspace").mark == made.mark
    with pytest.raises(WrongRequest, match="exists already"):
        make_key(path, os.urandom(32))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other permissions")
def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "person.key"
    make_key(path, os.urandom(32))
    path.chmod(0o644)
    with pytest.raises(BadInput, match="others may read"):
        read_key(path, tmp_path / "workspace")
    path.chmod(0o600)
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(BadInput, match="not a key"):
        read_key(path, tmp_path / "workspace")


@pytest.mark.parametrize("inside", ["person.key", "deep/person.key", "deep/../person.key"])
def test_a_key_inside_the_workspace_is_refused(tmp_path: Path, inside: str) -> None:
    make_key(tmp_path / "deep" / "person.key", os.urandom(32))
    (tmp_path / "person.key").write_bytes((tmp_path / "deep" / "person.key").read_bytes())
    (tmp_path / "person.key").chmod(0o600)
    with pytest.raises(WrongRequest, match="inside the workspace"):
        read_key(tmp_path / inside, tmp_path)


WHERE = Whereabouts(
    Postcodes(("ZZ11AA", "ZZ11AB"), ("Z01000001", "Z01000002")),
    {
        "venue": {
            plain_words("The Otter"): frozenset({"Z01000003"}),
            plain_words("St Mary's Hall"): frozenset({"Z01000004"}),
        },
        "street": {plain_words("Mill Street"): frozenset({"Z01000005"}), plain_words("High St"): frozenset({"A", "B"})},
        "area": {plain_words("Cobnut Hill"): frozenset({"Z01000006"})},
    },
)


@pytest.mark.parametrize(
    ("said", "area", "confidence"),
    [
        ("flat 2, zz1 1ab", "Z01000002", "exact"),
        ("outside THE OTTER, Mill Street", "Z01000003", "exact"),
        ("behind Saint Mary\u2019s hall", "Z01000004", "exact"),
        ("14 Mill St.", "Z01000005", "street"),
        ("somewhere in Cobnut Hill", "Z01000006", "area"),
        ("High Street", None, "vague"),
        ("High Street, Cobnut Hill", None, "vague"),
        ("ZZ1", None, "vague"),
        ("at home", None, "vague"),
        ("The Ottery", None, "vague"),
    ],
)
def test_a_place_is_found_by_the_surest_of_what_is_named(said: str, area: str | None, confidence: str) -> None:
    found = WHERE.find(said)
    assert (found.area, found.confidence) == (area, confidence)


@given(st.lists(st.sampled_from(["ZZ11AA", "ZZ11AB", "AB12CD", "ZZ99ZZ", "E16AN"]), unique=True))
def test_a_postcode_is_found_if_and_only_if_it_is_there(codes: list[str]) -> None:
    areas = [f"Z0100{n:04d}" for n in range(len(codes))]
    held = Postcodes(codes, areas)
    assert [held.area(code) for code in codes] == areas
    assert all(held.area(other) is None for other in ("ZZ11AC", "A11AA", "ZZ999ZZ") if other not in codes)


def test_part_of_a_postcode_is_none() -> None:
    assert [postcode(said) for said in ("ne1 4lp", "NE14LP", "NE1", "NE1 4L", "")] == [
        "NE14LP",
        "NE14LP",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Stabbed in arm", {"knife": True}),
        ("no knife seen", {"knife": False}),
        ("denies alcohol or knife", {"alcohol": False, "knife": False}),
        ("no knife; cut with machete", {"knife": True}),
        ("no weapon but stabbed", {"knife": True}),
        ("hit by knifeman", {}),
        ("not drunk, gun shown", {"alcohol": False, "firearm": True}),
        ("", {}),
        ("no pain after he was hit with a blade", {"knife": True}),
    ],
)
def test_flags_are_read_from_words_and_denials(text: str, flags: dict[str, bool]) -> None:
    assert WordList.read(WORDS).read_flags(text) == flags


def test_a_list_of_words_that_is_not_understood_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WORDS.read_text("utf-8").replace("knife =", "knives ="), encoding="utf-8")
    with pytest.raises(BadInput, match="no flag 'knives'"):
        WordList.read(path)
    path.write_text(WORDS.read_text("utf-8").replace("owner =", "oener ="), encoding="utf-8")
    with pytest.raises(BadInput, match=r"'oener' .*'owner'"):
        WordList.read(path)


def test_a_cell_without_the_form_of_its_column_does_not_pass() -> None:
    codes = codes_as_read({"sex": {"Male": "male"}})
    assert [formed(said, "codes:sex", codes) for said in ("MALE ", "Threlkettle", "")] == ["male", None, None]
    assert [formed(said, "yes-no", codes) for said in ("Y", "0", "perhaps")] == ["true", "false", None]
    assert [formed(said, "time", codes) for said in ("04/06/2023 23:50", "Threlkettle")] == [
        "2023-06-04T23:50:00",
        None,
    ]
    with pytest.raises(ValueError, match="nobody knows"):
        formed("x", "anything", codes)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2023-07-01", 24, "2025-07-01"), ("2024-01-31", 1, "2024-03-01"), ("2024-02-29", 12, "2025-03-01"), ("2023-12-15", 1, "2024-01-15")],
)  # fmt: skip
def test_retention_is_counted_in_months(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == later


def test_a_new_agreement_lists_what_may_be_shared_and_lands_nothing_until_it_is_filled_in(tmp_path: Path) -> None:
    path = write_template(tmp_path, "mine", {"emergency.attendances": ["Sex", "Surname"]})
    (agreement,) = agreements_of(tmp_path).values()
    assert (agreement.name, agreement.datasets) == ("mine", {})
    assert '# fields = ["Sex", "Surname"]' in path.read_text("utf-8")
    with pytest.raises(BadInput, match="exists already"):
        write_template(tmp_path, "mine", {})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("smallest_shown = 5", 'smallest_shown = "5"'), "of the wrong kind: smallest_shown"),
        (("smallest_shown = 5", "smallest_shown = 0"), "1 or more"),
        (("smallest_shown", "smalest_shown"), "'smalest_shown' .*'smallest_shown'"),
        (("expires = 2026-12-31", "expires = 2025-12-31"), "expires before it starts"),
        (('retention = "6"\n', ""), r"\[clauses\] gives no number, in quotation marks, for retention"),
        (('after_expiry = "stop"', 'after_expiry = "go on"'), "stop or keep"),
        (("version =", "version = ="), "not a readable TOML file"),
        (('contact = "A TEAM AND ITS MAILBOX"\n', ""), "missing: contact"),
    ],
)  # fmt: skip
def test_an_agreement_is_refused_in_words(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    path = write_template(tmp_path, "mine", {})
    text = path.read_text("utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8", newline="\n")
    with pytest.raises(BadInput, match=says):
        agreements_of(tmp_path)


@pytest.mark.parametrize(
    ("said", "code"),
    [("1", "1"), ("5d", "5D"), ("005D", "5D"), ("105A", "105A"), ("4.1", "4.1"), ("4/1", "4.1"), ("004/01", "4.1"), ("4.10", "4.10"), ("34B", "34B")],
)  # fmt: skip
def test_an_offence_code_is_written_in_one_way(said: str, code: str) -> None:
    assert formed(said, "offence", {}) == code


@pytest.mark.parametrize(
    "said",
    ["", "0", "1234", "5DD", "D5", "4.100", "4.0", "5D/1", "5D ABH", "9990000018", "1990-04-03", "ZZ1 1AA", "\u0665D"],
)
def test_nothing_else_passes_as_an_offence_code(said: str) -> None:
    assert formed(said, "offence", {}) is None


def test_the_code_of_a_small_area_passes_and_of_nothing_else() -> None:
    assert [formed(said, "area", {}) for said in ("E01008162", "w01000001", "Z01000003")] == [
        "E01008162",
        "W01000001",
        "Z01000003",
    ]
    assert {
        formed(said, "area", {})
        for said in ("E02008162", "E0100816", "E010081620", "S01000001", "High Street", "9990000018")
    } == {None}


def slowly(said: str) -> datetime | None:
    """The same, by trying every form there is."""
    plain = identifiers._FRACTION.sub(r"\1", " ".join(said.split()))
    for form in identifiers._FORMS:
        with suppress(ValueError):
            found = datetime.strptime(plain, form)  # noqa: DTZ007  partners' times say no zone
            return found if found.year >= identifiers.OLDEST else None
    return None


@given(
    st.datetimes(min_value=datetime(1890, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001  partners' times say no zone
    st.sampled_from(identifiers._FORMS),
    st.sampled_from(["", "x", " ", "0", ".000Z"]),
)
def test_looking_at_the_shape_first_finds_the_same_moment(then: datetime, form: str, more: str) -> None:
    said = then.strftime(form)
    for each in (said, said + more, said.replace("0", ""), said.upper(), said.lower(), said.replace("/0", "/ ")):
        assert moment(each) == slowly(each)


@given(st.text(alphabet="0123456789/-.: TAprilMay\u0663", max_size=22))
def test_whatever_is_written_the_shape_leaves_out_no_form_that_fits(said: str) -> None:
    assert moment(said) == slowly(said)
