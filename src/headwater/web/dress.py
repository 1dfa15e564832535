"""What a control of a form wears: the classes of the Design System, the keyboard a phone should show, a width that says what fits."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

Attributes = dict[str, Any]

CLASSES: Mapping[str, str] = {
    "text": "govuk-input",
    "email": "govuk-input",
    "url": "govuk-input",
    "search": "govuk-input",
    "tel": "govuk-input govuk-input--width-20",
    "number": "govuk-input govuk-input--width-5",
    "date": "govuk-input govuk-input--width-20",
    "datetime": "govuk-input govuk-input--width-20",
    "time": "govuk-input govuk-input--width-5",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "clearable_file_input": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "checkbox_option": "govuk-checkboxes__input",
    "radio_option": "govuk-radios__input",
}
"""By the name of the template that Django draws a control with."""
PLAIN = frozenset({"email", "password", "url"})
"""Not to be spelled."""


def dress(widget: dict[str, Any]) -> None:
    """Give a control, as it is handed to its template, what it wears. What a form said itself stays."""
    kind = PurePosixPath(widget["template_name"]).stem
    attributes: Attributes = dict(widget["attrs"])
    widget["attrs"] = attributes
    if kind == "number":
        _as_figures(widget, attributes)
    if kind == "textarea" and "maxlength" in attributes:
        _counted(attributes)
    if kind in PLAIN:
        _ = attributes.setdefault("spellcheck", "false")
        _ = attributes.setdefault("autocapitalize", "none")
    if kind in CLASSES:
        attributes["class"] = _classes(CLASSES[kind], attributes)
    for within in widget.get("subwidgets", ()):
        dress(within)


def _classes(worn: str, attributes: Attributes) -> str:
    """The width that a form gives takes the place of ours."""
    given = str(attributes.get("class", ""))
    if "govuk-input--width" in given:
        worn = " ".join(name for name in worn.split() if "--width" not in name)
    wrong = f"{worn.split()[0]}--error" if attributes.get("aria-invalid") and "__" not in worn.split()[0] else ""
    return " ".join(name for name in (worn, wrong, given) if name)


def _as_figures(widget: dict[str, Any], attributes: Attributes) -> None:
    """A box of figures and not the browser's own: that one changes the number when somebody scrolls over it, and drops what it cannot
    read without a word."""
    step, least = str(attributes.pop("step", "1")), attributes.pop("min", 0)
    _ = attributes.pop("max", None)
    widget["type"] = "text"
    _ = attributes.setdefault("autocomplete", "off")
    if float(least) >= 0:
        _ = attributes.setdefault("inputmode", "numeric" if step.isdigit() else "decimal")


def _counted(attributes: Attributes) -> None:
    """A text that is too long is said to be, and not cut short while it is pasted."""
    _ = attributes.pop("maxlength")
    attributes["class"] = f"{attributes.get('class', '')} govuk-js-character-count".strip()
    described = [attributes.get("aria-describedby", ""), f"{attributes.get('id', '')}-info"]
    attributes["aria-describedby"] = " ".join(one for one in described if one)
