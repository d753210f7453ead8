"""What a file really is and whether it may come in, told from its bytes alone."""

from gongkai.foundation.attachments.inspection.telling import tell

__all__ = ["tell"]
