"""How often public pages are opened, counted without cookies and without knowing who opens them.

A page that was opened says so once, by a small script (``static/visits/visits.js``): ``POST /visits/<its
address>``. So it does not matter which server delivered the page. An area says which of its pages are counted,
in its ``visited.py`` ::

    from gongkai.foundation.visits import VisitSource, register

    register(VisitSource("item", ITEM, pages=public_items))  # ITEM: a pattern of addresses, with the key

What is kept, and for how long:

- in the database, per page and day, a number; nothing else.
- in the memory of the process, for an hour at most, a keyed hash of caller and page, so that reloading a page
  within a visit counts once. The key is random, made anew each day, and never leaves the process.

What follows from that, and is said wherever the numbers are shown: several people behind one address with the
same browser count once if they open the same page within half an hour; a person who comes back later, or
meets another process of the server, counts again; who asks not to be followed (``Sec-GPC``, ``DNT``), robots,
and readers without JavaScript do not count. The numbers are good for comparing pages and months, not people.

Counts gather in memory and are written every :data:`~.writing.EVERY` seconds in one short transaction, and
when the process ends; a process that is killed loses what it counted since.
"""

from gongkai.foundation.visits.registry import VisitSource, register, sources

__all__ = ["VisitSource", "register", "sources"]
