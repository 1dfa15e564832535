"""The blank DOCX every document starts from: its styles, language, page, header and footer.

Everything is said in styles, so that someone who opens the file in Word can change the look in one place.
"""

from datetime import UTC, datetime
from typing import cast

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from headwater.documents.docx_elements import element, field, run
from headwater.documents.model import Document
from headwater.vocabulary import holdable

FONT = "Arial"
ACCENT, INK, MUTED, RULE = "12436D", "1C1F24", "505A5F", "B1B4B6"
TONES = {"Caveat": (ACCENT, "EEF3F8"), "Warning": ("A04A00", "FDF3EA"), "Fictional": ("801650", "F8EEF4")}
HEADING_SIZES = (20, 15, 12.5, 11, 11, 11)
TABLE_STYLE = "Headwater Table"


def blank(document: Document) -> Word:
    """An empty document with the house's styles and the properties of `document`."""
    word = docx.Document()
    _set_properties(word, document)
    _set_page(word, document)
    _style_text(word, document.language)
    for name, (line, fill) in TONES.items():
        _boxed(_paragraph_style(word, name), line, fill)
    word.styles.element.append(parse_xml(_TABLE))
    _settings(word, document.language)
    return word


def _set_properties(word: Word, document: Document) -> None:
    said = word.core_properties
    said.title, said.subject, said.author = map(holdable, (document.title, document.subtitle, document.author))
    said.last_modified_by, said.language, said.comments, said.revision = said.author, document.language, "", 1
    said.created = said.modified = datetime.fromisoformat(document.published).replace(tzinfo=UTC)
    relations = word.part.package.rels if word.part.package else {}
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]  # the template's, of an empty page


def _set_page(word: Word, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    header = section.header.paragraphs[0]
    _ = header.add_run(holdable(document.title))
    if document.banner:
        _ = header.add_run(" · ")
        _ = header.add_run(holdable(document.banner)).bold = True
    footer = section.footer.paragraphs[0]
    for words, code in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        _ = footer.add_run(words)
        footer._p.extend(field(code, [run("1")]))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def _style_text(word: Word, language: str) -> None:
    for said in word.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language)
    normal = _paragraph_style(word, "Normal", size=10.5, after=7)
    normal.paragraph_format.line_spacing = 1.15
    _ = _paragraph_style(word, "Title", size=28, bold=True, colour=ACCENT, before=150, after=8)
    _ = _paragraph_style(word, "Subtitle", size=15, after=8)
    for level, size in enumerate(HEADING_SIZES, start=1):
        style = _paragraph_style(word, f"Heading {level}", size=size, bold=True, colour=ACCENT, before=16, after=6)
        style.paragraph_format.page_break_before = level == 1
        style.paragraph_format.keep_with_next = True
    _style_contents(word)
    caption = _paragraph_style(word, "Caption", size=10.5, bold=True, before=10, after=4)
    caption.paragraph_format.keep_with_next = True
    picture = _paragraph_style(word, "Picture", after=4)
    picture.paragraph_format.keep_with_next = True
    _ = _paragraph_style(word, "Small Print", size=8.5, colour=MUTED, before=3, after=6)
    for name in ("Header", "Footer"):
        _ = _paragraph_style(word, name, size=8.5, colour=MUTED)
    for name, size in (("Table", 9), ("Wide Table", 6.5)):
        _ = _paragraph_style(word, f"{name} Words", size=size, before=1.5, after=1.5)
        figures = _paragraph_style(word, f"{name} Figures", size=size, before=1.5, after=1.5)
        figures.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    link = cast("CharacterStyle", word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER))
    link.font.underline, link.font.color.rgb = True, RGBColor.from_string(ACCENT)


def _style_contents(word: Word) -> None:
    heading = _paragraph_style(word, "Contents Heading", size=HEADING_SIZES[0], bold=True, colour=ACCENT, after=8)
    heading.paragraph_format.page_break_before = True
    for level in (1, 2):
        style = _paragraph_style(word, f"toc {level}", size=10.5, bold=level == 1, before=4 / level, after=2)
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))


def _paragraph_style(
    word: Word,
    name: str,
    *,
    size: float = 10.5,
    bold: bool = False,
    colour: str = INK,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    """The paragraph style of that name, made where the template lacks it."""
    known = {style.name for style in word.styles}
    found = word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = cast("ParagraphStyle", found)
    for said in style.element.findall(qn("w:rPr")):  # a heading's theme font would win over the one named here
        style.element.remove(said)
    font = style.font
    font.name, font.size, font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour)
    font.bold = bold or None  # unsaid, so that a table's style may say it
    for borders in style.element.findall(f".//{qn('w:pBdr')}"):
        borders.getparent().remove(borders)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _boxed(style: ParagraphStyle, line: str, fill: str) -> None:
    """A bar at the left and a wash behind: the look of a note."""
    properties = style.element.get_or_add_pPr()
    edge = {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": line}
    borders = element("w:pBdr", None, element("w:left", edge))
    shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})
    spacing = properties.find(qn("w:spacing"))  # the schema wants borders and shading before it
    for added in (borders, shade):
        spacing.addprevious(added)
    style.paragraph_format.left_indent = Cm(0.4)
    style.paragraph_format.space_after = Pt(6)


def _settings(word: Word, language: str) -> None:
    """Not an old document (Word would open it in compatibility mode), and in English as spoken here."""
    settings = word.settings.element
    for said in settings.iter(qn("w:themeFontLang")):
        said.set(qn("w:val"), language)
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        mode = {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"}
        for old in compat.findall(qn("w:compatSetting")):
            compat.remove(old)
        compat.append(element("w:compatSetting", mode))


_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="HeadwaterTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="{INK}"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>
"""
