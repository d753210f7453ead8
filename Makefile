# gongkai. `make run` starts the platform with the demo city, `make test` tries everything.
# Works on a fresh Debian machine with Python 3.11 or later and make; all it makes lies in .venv,
# var and frontend/node_modules.

SHELL := /bin/sh
BIN := .venv/bin
PY := $(BIN)/python
PORT ?= 8000
export DJANGO_SETTINGS_MODULE ?= gongkai.site.settings.development
STAMP := .venv/.synced

.DEFAULT_GOAL := help
.PHONY: help setup assets demo run test test-postgres browser lint format types bench replay docs clean

help: ## 列出全部命令
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run: setup assets ## 准备并启动平台（含演示数据和后台任务）：http://127.0.0.1:8000
	@$(BIN)/gongkai manage migrate --verbosity 0
	@$(BIN)/gongkai manage demo
	@exec $(BIN)/gongkai serve --port $(PORT) --worker

setup: $(STAMP) ## 安装运行和测试所需的一切到 .venv

$(STAMP): pyproject.toml uv.lock scripts/setup.sh
	@sh scripts/setup.sh
	@touch $@

assets: setup ## 构建图表脚本、字体和界面译文
	@$(PY) frontend/build.py

demo: setup ## 写入演示城市云川市（可重复运行）
	@$(BIN)/gongkai manage migrate --verbosity 0
	@$(BIN)/gongkai manage demo

browser: setup ## 安装浏览器测试所需的 Chromium（需要 root 或 sudo）
	@sh scripts/browser.sh

test: setup assets browser ## 运行全部测试（SQLite；CI 里再用 PostgreSQL 跑一遍涉及数据库的测试）
	DJANGO_SETTINGS_MODULE=gongkai.site.settings.testing $(BIN)/pytest -n 3 --dist worksteal
	@if [ "$${CI:-}" = true ]; then $(MAKE) --no-print-directory test-postgres; fi

test-postgres: setup assets ## 用本机的 PostgreSQL 运行涉及数据库的测试（浏览器里看见的不因数据库而异）
	$(PY) scripts/postgres.py $(BIN)/pytest -n 3 --dist worksteal -m "django_db and not browser"

lint: setup assets ## 检查代码、模板、数据、分层和拼写
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	$(BIN)/yamllint --strict src demo tests
	$(BIN)/codespell src tests docs scripts frontend/*.py README.md
	$(BIN)/gongkai manage check
	$(BIN)/gongkai manage makemigrations --check --dry-run
	$(MAKE) --no-print-directory types

format: setup ## 整理代码的格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup ## 检查类型
	$(BIN)/mypy

bench: setup ## 运行基准测试
	@for file in benchmarks/*.py; do echo "== $$file"; $(PY) "$$file" || exit 1; done

replay: setup ## 按已公布的新乡2016、大余2014、高平2012年报重演成记录，核对统计数（数据写入 var/replay）
	$(PY) -m scripts.replay $(REPLAY)
	$(PY) -m scripts.replay.requests

docs: setup ## 生成文档网页到 docs/_build/html
	$(BIN)/sphinx-build -W -b html docs docs/_build/html

clean: ## 删除环境、数据和构建结果
	rm -rf .venv var frontend/node_modules docs/_build dist
