"""What a page is made of, and how it becomes HTML, PDF, DOCX, ODS and data."""

from headwater.documents.docx import write_docx
from headwater.documents.forms import Field, Form, write_form
from headwater.documents.html import write_site
from headwater.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Entry,
    Facts,
    Figure,
    Heading,
    Inline,
    Link,
    Note,
    Number,
    Page,
    Paragraph,
    Quoted,
    Table,
    Text,
    Tile,
    Tiles,
    figures_of,
    tables_of,
)
from headwater.documents.ods import write_ods
from headwater.documents.package import write_package
from headwater.documents.pdf import write_pdf

__all__ = [
    "Block",
    "Bullets",
    "Column",
    "Document",
    "Entry",
    "Facts",
    "Field",
    "Figure",
    "Form",
    "Heading",
    "Inline",
    "Link",
    "Note",
    "Number",
    "Page",
    "Paragraph",
    "Quoted",
    "Table",
    "Text",
    "Tile",
    "Tiles",
    "figures_of",
    "tables_of",
    "write_docx",
    "write_form",
    "write_ods",
    "write_package",
    "write_pdf",
    "write_site",
]
