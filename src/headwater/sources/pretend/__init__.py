"""A pretend county, made from a recipe: what the inventors of pretend data share."""

from headwater.sources.pretend.chance import Real, Whole, about_so_many, bell, draws, pick, share_out, weights
from headwater.sources.pretend.county import Areas, County, make_county
from headwater.sources.pretend.land import Shapes, degrees
from headwater.sources.pretend.naming import Change
from headwater.sources.pretend.people import AGES, ETHNICITIES, age_shapes, ethnicities
from headwater.sources.pretend.recipe import Crime, District, Recipe
from headwater.sources.pretend.writing import write_archive, write_boundaries, write_rows, write_table, write_text

__all__ = [
    "AGES",
    "ETHNICITIES",
    "Areas",
    "Change",
    "County",
    "Crime",
    "District",
    "Real",
    "Recipe",
    "Shapes",
    "Whole",
    "about_so_many",
    "age_shapes",
    "bell",
    "degrees",
    "draws",
    "ethnicities",
    "make_county",
    "pick",
    "share_out",
    "weights",
    "write_archive",
    "write_boundaries",
    "write_rows",
    "write_table",
    "write_text",
]
