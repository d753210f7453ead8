"""The output opened with two other readers, to look for anything that should not be there.

What made the file (pikepdf) and what read the source (pdfium) have no say here: pypdf walks through every object
and decodes the pictures, pdfminer reads letters with their places. Nothing is passed because it was not understood:
a file with an object of another kind than a fresh file has is refused.
"""

from gongkai.core.redaction.verifying.finding import Finding, Verification
from gongkai.core.redaction.verifying.verify import verify, verify_text

__all__ = ["Finding", "Verification", "verify", "verify_text"]
