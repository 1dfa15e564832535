"""The look-ups between two sets of areas, read from the `links` table only when they are asked for."""

from functools import cache

import pyarrow as pa

from headwater.places.tables import distinct, rows_where, rows_with


class Links:
    """Which area of one level lies in, or was carried on as, which of another."""

    def __init__(self, table: pa.Table) -> None:
        """`table`: the conformed `links`, any order."""
        self._by_pair = {
            (child, parent): rows_where(from_child, parent_level=parent)
            for child in distinct(table, "child_level")
            for from_child in [rows_where(table, child_level=child)]
            for parent in distinct(from_child, "parent_level")
        }
        self.parents = cache(self._parents)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (child level, parent level) there is a look-up for, sorted."""
        return tuple(sorted(self._by_pair))

    def children(self, child: str, parent: str) -> frozenset[str]:
        """The codes that the look-up begins from."""
        return frozenset(self.parents(child, parent))

    def targets(self, child: str, parent: str) -> frozenset[str]:
        """The codes that the look-up leads to."""
        return frozenset(distinct(self._by_pair[child, parent], "parent_code"))

    def changes(self, child: str, parent: str) -> dict[str, str]:
        """How each child changed, where the look-up says: 'U' not at all, 'S' split, 'M' merged, 'X' irregularly."""
        told = rows_with(self._by_pair[child, parent], "change")
        return dict(zip(told["child_code"].to_pylist(), told["change"].to_pylist(), strict=True))

    def _parents(self, child: str, parent: str) -> dict[str, tuple[str, ...]]:
        """Parents of each child, sorted; more than one where the child is shared among them."""
        rows = self._by_pair[child, parent]
        found: dict[str, tuple[str, ...]] = {}
        for code, above in zip(rows["child_code"].to_pylist(), rows["parent_code"].to_pylist(), strict=True):
            known = found.get(code)
            found[code] = (above,) if known is None else tuple(sorted({*known, above}))
        return found
