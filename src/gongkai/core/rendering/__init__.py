"""A report in every format in which it is published."""
