"""What people are told who may not."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from gongkai.core.refusal import Refusal


class NotAllowed(Refusal, PermissionDenied):
    """您的岗位没有“{act}”的权限。需要办理的，请联系本单位的系统管理员调整岗位。"""


class NotThere(Refusal, Http404):
    """没有找到{what}。它可能已被移走，或者不在您的岗位范围之内。"""

    @property
    def in_public(self) -> str:
        """The sentence for the public, who have no posts."""
        what = self.facts.get("what")
        return f"没有找到{what}。地址可能有误，或者它已被移走。" if what else str(self)
