"""Tables of a strategy's publication."""

from headwater.documents import Column, Entry, Table


def words_table(
    name: str, caption: str, headings: tuple[str, ...], rows: list[tuple[Entry, ...]], numeric: int = 99
) -> Table:
    """A table of words, whose columns from `numeric` on stand to the right."""
    columns = tuple(Column(each, numeric=n >= numeric) for n, each in enumerate(headings))
    return Table(name, caption, columns, tuple(rows))
