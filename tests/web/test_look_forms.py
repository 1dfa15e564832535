"""What a form is drawn as: the components of the Design System, with what is wrong said where it is wrong."""

import re
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string

pytestmark = pytest.mark.one_database


class Everything(forms.Form):
    """One of each."""

    name = forms.CharField(max_length=40, help_text="As on the door")
    email = forms.EmailField()
    story = forms.CharField(max_length=200, widget=forms.Textarea)
    note = forms.CharField(widget=forms.Textarea, required=False)
    many = forms.IntegerField()
    share = forms.DecimalField(decimal_places=1, max_digits=4)
    change = forms.IntegerField(min_value=-10)
    begins = forms.DateField()
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(help_text="All of it")
    secret = forms.CharField(widget=forms.PasswordInput)
    file = forms.FileField()
    code = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-4"}))


def control(html: str, name: str) -> str:
    """The tag of the first control of that name."""
    found = re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)
    assert found, name
    return found[0]


@pytest.fixture(scope="module")
def clean() -> str:
    return str(Everything())


@pytest.fixture(scope="module")
def wrong() -> str:
    return str(Everything({"many": "four", "begins": "the day after"}))


@pytest.mark.parametrize(
    ("name", "worn"),
    [
        ("name", "govuk-input"),
        ("email", "govuk-input"),
        ("story", "govuk-textarea"),
        ("kind", "govuk-select"),
        ("one", "govuk-radios__input"),
        ("several", "govuk-checkboxes__input"),
        ("agreed", "govuk-checkboxes__input"),
        ("secret", "govuk-password-input__input"),
        ("file", "govuk-file-upload"),
        ("begins", "govuk-input--width-20"),
        ("many", "govuk-input--width-5"),
    ],
)
def test_every_control_wears_its_class(clean: str, name: str, worn: str) -> None:
    assert re.search(rf'class="[^"]*\b{worn}\b', control(clean, name))


def test_a_width_that_a_form_gives_takes_the_place_of_ours(clean: str) -> None:
    assert 'class="govuk-input govuk-input--width-4"' in control(clean, "code")


def test_a_number_is_typed_and_never_scrolled(clean: str) -> None:
    assert 'type="number"' not in clean
    assert 'inputmode="numeric"' in control(clean, "many")
    assert 'inputmode="decimal"' in control(clean, "share")
    assert "inputmode" not in control(clean, "change"), "a phone's figures have no minus sign"


def test_a_long_text_is_counted_and_not_cut(clean: str) -> None:
    story = control(clean, "story")
    assert "maxlength" not in story
    assert "govuk-js-character-count" in story
    assert 'aria-describedby="id_story-info"' in story
    assert 'id="id_story-info"' in clean
    assert 'data-maxlength="200"' in clean
    assert "character-count" not in control(clean, "note")


def test_every_control_has_one_label(clean: str) -> None:
    for name in ("name", "email", "story", "many", "begins", "kind", "agreed", "secret", "file"):
        assert clean.count(f'for="id_{name}"') == 1, name
    assert clean.count("<legend") == 2


def test_what_is_wrong_is_tied_to_its_control(wrong: str) -> None:
    name = control(wrong, "name")
    assert "govuk-input--error" in name
    assert 'aria-invalid="true"' in name
    assert 'aria-describedby="id_name_helptext id_name_error"' in name
    assert 'id="id_name_helptext"' in wrong
    assert 'id="id_name_error"' in wrong
    assert "govuk-textarea--error" in control(wrong, "story")
    assert "govuk-select--error" in control(wrong, "kind")
    assert "--error" not in control(wrong, "one")


def test_what_is_left_empty_is_named(wrong: str) -> None:
    summary = render_to_string("frame/errors.html", {"form": Everything({})})
    assert '<a href="#id_name">Fill this in: Name</a>' in summary
    assert '<a href="#id_one_0">Fill this in: One</a>' in summary
    assert "This field is required" not in wrong
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in wrong, target


def test_what_was_typed_comes_back_escaped() -> None:
    html = str(Everything({"name": '"><script>x</script>', "story": "</textarea><script>"}))
    assert "<script>" not in html


@pytest.mark.parametrize(
    "typed", ["1 April 2026", "01/04/2026", "1/4/26", "1.4.2026", "1 4 2026", "1 Apr 2026", "2026-04-01"]
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    read: Any = forms.DateField().clean(typed)
    assert read.isoformat() == "2026-04-01"


def test_a_date_that_is_held_is_shown_in_words() -> None:
    from datetime import date

    assert 'value="01 April 2026"' in control(str(Everything(initial={"begins": date(2026, 4, 1)})), "begins")


def test_a_month_is_never_taken_for_a_day() -> None:
    with pytest.raises(forms.ValidationError):
        _ = forms.DateField().clean("04/31/2026")
