"""A chapter's Markdown as blocks: figures put in, claims checked, pictures and tables placed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from headwater import documents
from headwater.assessment.quotes import CLAIMS, TOKEN, Claim, Quotable, Quote, plain, split
from headwater.vocabulary import BadInput, WrongRequest, did_you_mean

Exhibit = documents.Block
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block"])


@dataclass(frozen=True, slots=True)
class Written:
    """A chapter ready to be set."""

    blocks: tuple[documents.Block, ...]
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Writer:
    """Turns Markdown into blocks with the figures of one edition."""

    quotable: Quotable
    exhibits: Mapping[str, Sequence[Exhibit]]
    """By name, what `{{ show: … }}` places."""

    def write(self, chapter: str, text: str) -> Written:
        """Read a chapter. Raises `UntrueClaim`, `WrongRequest` or `BadInput`, each naming the chapter."""
        tokens = MARKDOWN.parse(text)
        claims: list[Claim] = []
        try:
            blocks = tuple(self._blocks(chapter, tokens, claims))
        except WrongRequest as problem:
            raise WrongRequest(f"chapters/{chapter}.md: {problem}") from problem
        return Written(blocks, tuple(claims))

    def _blocks(self, chapter: str, tokens: Sequence[Token], claims: list[Claim]) -> Iterator[documents.Block]:
        position, anchors = 0, set[str]()
        while position < len(tokens):
            token = tokens[position]
            inside = tokens[position + 1] if position + 1 < len(tokens) else token
            if token.type == "heading_open":
                level = min(max(int(token.tag[1]), 2), 4)
                yield documents.Heading(
                    level, plain(inside.content, self.quotable), _anchor(f"{chapter}-{_slug(inside.content)}", anchors)
                )
            elif token.type == "paragraph_open":
                yield from self._paragraph(chapter, inside, claims)
            elif token.type == "bullet_list_open":
                end = _matching(tokens, position)
                yield documents.Bullets(tuple(self._items(chapter, tokens[position + 1 : end], claims)))
                position = end
            elif token.type not in KNOWN:
                raise BadInput(
                    f"{chapter}: line {_line(token)}: a chapter is made of headings, paragraphs and bullet lists"
                )
            position += 1

    def _paragraph(self, chapter: str, inline: Token, claims: list[Claim]) -> Iterator[documents.Block]:
        found = TOKEN.fullmatch(inline.content.strip())
        if found and found[1].startswith("show:"):
            yield from self._shown(chapter, found[1].removeprefix("show:").strip())
        elif inline.content.startswith("! "):
            spans = self._spans(chapter, inline, claims)
            head = (
                documents.Text(spans[0].text.removeprefix("! ")) if isinstance(spans[0], documents.Text) else spans[0]
            )
            yield documents.Note("caveat", "Take care", (head, *spans[1:]))
        else:
            yield documents.Paragraph(self._spans(chapter, inline, claims))

    def _shown(self, chapter: str, name: str) -> Sequence[Exhibit]:
        if name not in self.exhibits:
            raise BadInput(f"{chapter}: there is nothing called {did_you_mean(name, self.exhibits)} to show")
        return self.exhibits[name]

    def _items(
        self, chapter: str, tokens: Sequence[Token], claims: list[Claim]
    ) -> Iterator[tuple[documents.Inline, ...]]:
        for token in tokens:
            if token.type == "inline":
                yield self._spans(chapter, token, claims)

    def _spans(self, chapter: str, inline: Token, claims: list[Claim]) -> tuple[documents.Inline, ...]:
        spans: list[documents.Inline] = []
        strong, address = False, ""
        for token in inline.children or ():
            if token.type in ("strong_open", "strong_close"):
                strong = token.type == "strong_open"
            elif token.type == "link_open":
                address = str(token.attrs["href"])
            elif token.type == "link_close":
                address = ""
            elif address:
                spans.append(documents.Link(token.content, address))
            else:
                text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
                spans += self._pieces(chapter, text.replace("\n", " "), inline.content, claims, strong=strong)
        return tuple(spans)

    def _pieces(
        self, chapter: str, text: str, sentence: str, claims: list[Claim], *, strong: bool
    ) -> Iterator[documents.Inline]:
        for piece in split(text):
            if isinstance(piece, Quote):
                if piece.verb in CLAIMS:
                    claims.append(self.quotable.check(piece, chapter, plain(_sentence(sentence, piece), self.quotable)))
                yield self.quotable.number(piece)
            elif piece:
                yield documents.Text(piece, strong)


KNOWN = {"heading_close", "paragraph_close", "inline", "bullet_list_close"}


def _sentence(paragraph: str, quote: Quote) -> str:
    """The sentence of a paragraph in which a quote stands."""
    at = paragraph.find(quote.written)
    before, after = paragraph[:at], paragraph[at:]
    start = before.rfind(". ") + 2 if ". " in before else 0
    stop = after.find(". ")
    return (before[start:] + (after[: stop + 1] if stop >= 0 else after)).replace("\n", " ")


def _matching(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _anchor(wanted: str, taken: set[str]) -> str:
    """An anchor of its own for each heading of a chapter, though two say the same."""
    anchor, more = wanted, 1
    while anchor in taken:
        more += 1
        anchor = f"{wanted}-{more}"
    taken.add(anchor)
    return anchor


def _slug(text: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in TOKEN.sub("", text).lower())
    return "-".join(part for part in kept.split("-") if part)


def without_exhibits(text: str) -> str:
    """A chapter's words alone: the lines that place pictures and tables left empty, so that no line moves."""
    return TOKEN.sub(lambda found: "" if found[1].startswith("show:") else found[0], text)
