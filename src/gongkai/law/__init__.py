"""The law as data: YAML, each value with the day it took effect and the article that says so.

Nothing here computes. :mod:`gongkai.core.rulebook` reads these files; a lawyer may edit them.
"""

from pathlib import Path

LAW = Path(__file__).parent
"""The folder that holds the data."""
