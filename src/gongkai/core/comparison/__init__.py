"""Reports side by side: indicators across the forms of different eras, cells of the same form, wording."""

from gongkai.core.comparison.comparison import Comparison, Group, Line, compare
from gongkai.core.comparison.wording import Piece, Wording, wording

__all__ = ["Comparison", "Group", "Line", "Piece", "Wording", "compare", "wording"]
