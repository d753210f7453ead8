"""重演: a published year built again as records, to see that the software counts what the report says.

``make replay`` builds the year 2016 of 新乡, 2014 of 大余 and 2012 of 高平 as items, reviews, releases and gazette
issues, through the same actions that people use, compiles the proactive rows and compares them with the
figures that ``core/extraction`` reads in the published reports. How many there were is theirs; every title and text
is invented (``benchmarks/notices.py``), the bodies are called 重演单位, and all of it stands in a database of its own
that is thrown away. Nothing of it is a document of a real government.

``published`` what the reports say, ``plans`` how many of what there shall be and where, ``building`` making it so,
``comparing`` counting it again.
"""
