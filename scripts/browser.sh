#!/bin/sh
# Debian's Chromium and Chinese fonts for the browser tests, where they can be installed.
set -eu
if command -v chromium >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi 'cjk'; then exit 0; fi

run=
if [ "$(id -u)" = 0 ]; then run=env
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run=sudo; fi

if [ -n "$run" ] && command -v apt-get >/dev/null 2>&1; then
    echo "正在安装 Chromium 和中文字体，供浏览器测试使用…" >&2
    if $run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; then
        exit 0
    fi
fi
if [ "${CI:-}" = true ]; then
    echo "CI 里必须有 Chromium：请安装 chromium 和 fonts-noto-cjk。" >&2
    exit 1
fi
echo "没有 Chromium，浏览器测试将跳过。需要时请用管理员身份运行 apt-get install chromium fonts-noto-cjk。" >&2
