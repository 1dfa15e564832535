"""How wide words will be. The widths are those of Arial, and room is left for the wider letters of a machine without it."""

_WIDTHS = {
    "ijl'|\u2018\u2019": 0.22,
    "I.,:;/\\ !ft[]": 0.28,
    '()-r"\u201c\u201d': 0.34,
    "cksvxyzJ": 0.5,
    "FTZ": 0.61,
    "ABEKPSVXY&": 0.67,
    "CDHNRUw": 0.72,
    "GOQ": 0.78,
    "mM": 0.84,
    "W\u2014": 0.95,
    "%": 0.89,
}
_WIDTH_OF = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
LINE = 17.0
WIDER = 1.15
"""DejaVu Sans, which stands in on most Linux desktops, beside Arial. Source Sans Pro and Roboto are narrower than either."""


def width_of(words: str, *, size: float = 14, bold: bool = False) -> float:
    """The width of one line of text, in the units of the picture."""
    return sum(_WIDTH_OF.get(letter, 0.556) for letter in words) * size * WIDER * (1.08 if bold else 1)


def wrapped(words: str, width: float, *, size: float = 14, bold: bool = False) -> tuple[str, ...]:
    """Words broken into lines no wider than `width`, except where one word alone is wider."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size=size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines) or ("",)
