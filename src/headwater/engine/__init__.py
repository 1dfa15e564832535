"""The only room that knows DuckDB from Spark.

An engine reads Parquet lazily, answers questions written as Narwhals expressions, and hands back Arrow. Nothing else
crosses: an in-memory table handed *into* an engine is where a NULL becomes a NaN.

What both engines agree on, and the agreement tests hold them to: a NULL is never equal to anything and never counted by a
sum; `/` by nought is floating point's own answer (inf, -inf or nan) and `//` by nought is NULL; a cast or a sum that
cannot be done is an error, not a guess; times have no zone and are UTC; and rows come in no promised order, so sort what
you show. `%` by nought is where they differ (NULL in DuckDB, an error in Spark): filter first.
"""

from headwater.engine.door import Engine, Frame, open_engine
from headwater.engine.sealed import open_sealed
from headwater.engine.tables import FURTHER, TABLES, every_column

__all__ = ["FURTHER", "TABLES", "Engine", "Frame", "every_column", "open_engine", "open_sealed"]
