#!/bin/sh
# Make .venv with everything that running and testing need. Safe to run again.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo "$@"
    else return 1; fi
}

if command -v uv >/dev/null 2>&1; then
    UV=uv
else
    PYTHON=
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            PYTHON=$name
            break
        fi
    done
    if [ -z "$PYTHON" ]; then
        say "没有找到 Python 3.11 或更高版本。请先安装（Debian 12：apt-get install python3）。"
        exit 1
    fi
    if ! "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
        say "Python 缺少 venv 组件，正在安装 python3-venv…"
        if ! { as_root apt-get update -qq && as_root apt-get install -y -qq python3-venv; }; then
            say "请用管理员身份运行 apt-get install python3-venv，然后重试。"
            exit 1
        fi
    fi
    [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
    [ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
    UV=.venv/bin/uv
fi

# --inexact: uv itself may live in .venv; --compile-bytecode: some seconds now instead of at every start
# of a process where Python is told not to write what it compiled
set -- sync --frozen --inexact --compile-bytecode --all-extras --group dev
command -v npm >/dev/null 2>&1 || set -- "$@" --group node
say "正在安装依赖（首次约需一两分钟）…"
"$UV" "$@" --quiet
