"""What other apps may listen to."""

from django.dispatch import Signal

examined = Signal()
"""A file was examined; sent with ``stored``, which by now has a public copy or a note that says why not."""
