"""What is inside a file, and what else it carries: hidden text, revisions, comments, properties, programs.

:func:`open_material` makes the bytes of a file a :class:`~gongkai.core.screening.files.material.Material`: the
whole of its text, whether a reader would see it or not, and traces of what is no text.
"""

from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.opening import open_material

__all__ = ["Material", "open_material"]
