"""What an office needs to write letters, and case files."""

from gongkai.domain.letters.models.adaptation import Adaptation
from gongkai.domain.letters.models.case_file import CaseFile
from gongkai.domain.letters.models.office import LetterOffice

__all__ = ["Adaptation", "CaseFile", "LetterOffice"]
