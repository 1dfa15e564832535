"""The colours of every picture, chosen to be told apart by people who see colours differently and in grey print.

The categorical colours are those the Government Analysis Function recommends for charts
(https://analysisfunction.civilservice.gov.uk/policy-store/data-visualisation-colours-in-charts/). Marks stand at 3:1
or better against white. No colour speaks alone: a shape, a dash, a hatch or a word says the same.
"""

PAPER = "#ffffff"
INK = "#0b0c0c"
QUIET = "#505a5f"
AXIS = "#7b8387"
GRID = "#e6e8e9"

BLUE = "#12436d"
TURQUOISE = "#28a197"
PINK = "#801650"
ORANGE = "#f46a25"
GREY = "#3d3d3d"
PLUM = "#a285d1"
SERIES = (BLUE, ORANGE, TURQUOISE, PINK, GREY, PLUM)
SERIES_WORDS = (BLUE, "#b3440a", "#176f68", PINK, GREY, "#70509f")
"""The same, dark enough to be read as words: 4.5:1 or better."""

BAR = "#4a7fb0"
BAR_STRONG = BLUE
RIBBON = "#d5dfe8"
LIMITS = "#eef3f7"
POINT = "#5f7385"
HIGH = "#c2410c"
LOW = "#12436d"

HATCH_INK = "#8b9296"
HATCH_PAPER = "#f7f7f8"

SHADES = ("#dceaf7", "#a9cdea", "#6aa5d8", "#2c73b4", "#12436d")
SHADES_MUTED = ("#e9f0f6", "#cfdfec", "#b3cbdf", "#93b1cd", "#8199b2")
BORDER = "#ffffff"
OUTLINE = "#0b0c0c"
