"""What the verifier found."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["bytes", "text", "place", "structure", "picture", "pages"]
KINDS: dict[str, str] = {
    "pages": "页数",
    "structure": "文件结构（附件、批注、属性、书签、脚本、旧版本）",
    "bytes": "文件字节（压缩前后，UTF-8、UTF-16、GB18030）",
    "text": "文字层（两种程序读出的字）",
    "place": "遮盖框里的字",
    "picture": "遮盖框里的像素",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should not be in the output.

    Attributes:
        kind: Which check found it; its name is in :data:`KINDS`.
        message: What it is, in a sentence that does not repeat hidden words.
        page: The page, from 1, where it is on one.
    """

    kind: Kind
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of all checks of one output.

    Attributes:
        findings: Whatever must not be; with any of them nothing is given out.
        checked: Which checks were made.
        words: How many hidden words were looked for.
        digest: SHA-256 of the bytes that were checked.
    """

    findings: tuple[Finding, ...]
    checked: tuple[str, ...]
    words: int
    digest: str

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """Return the result for the record."""
        return {
            "passed": self.passed,
            "digest": f"sha256:{self.digest}",
            "words": self.words,
            "checked": list(self.checked),
            "findings": [
                {"kind": found.kind, "page": found.page, "message": found.message}
                for found in self.findings
            ],
        }
