"""公开: government information disclosure in China, as software.

From the bottom up: :mod:`gongkai.law` is data, :mod:`gongkai.core` is pure Python,
:mod:`gongkai.foundation` is Django without disclosure, :mod:`gongkai.domain` is the office's work,
:mod:`gongkai.oversight` counts and watches, :mod:`gongkai.site` puts it together, and
:mod:`gongkai.console` is the command line. A lower layer never imports a higher one.
"""

from importlib.metadata import version

__version__ = version("gongkai")
