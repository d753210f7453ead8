"""The nouns."""

from gongkai.oversight.readings.models.correction import Correction
from gongkai.oversight.readings.models.finding import Decision, Finding
from gongkai.oversight.readings.models.reading import Reading, Transcript

__all__ = ["Correction", "Decision", "Finding", "Reading", "Transcript"]
