"""The reference page of all rules, made from the data: ``gongkai check --rules > docs/reference/checks.md``."""

from collections.abc import Iterator
from itertools import groupby

from gongkai.core.checks.lines import lines
from gongkai.core.checks.rules import Rule, rules
from gongkai.core.forms import forms
from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import national

INTRODUCTION = """\
# Rules of checking

<!-- Made by `gongkai check --rules`; edit law/checks and law/forms instead. -->

`gongkai check` holds a report against these rules, {count} of them.
An **error** is a broken identity of the form or of the text's own arithmetic;
a **warning** is improbable, or a difference that scope may explain; a **note** is worth knowing.
The exit code is 1 when there is an error.

Each rule is data: its title, level, reason and source stand in `src/gongkai/law/checks/*.yaml`
(schema: `schema.json` there), limits and words it works with under `parameters`.
Relations between cells stand with their form in `src/gongkai/law/forms`.
A rule in the data that no function enforces, or the reverse, fails a test.

How blanks are judged: a relation whose cells are all blank is silent. Blank parts count as nothing where the
total and some part are filled. A blank total with filled parts is `form.total-blank`, a total whose parts are all
blank `form.parts-blank`. A relation with an unreadable cell is not judged.
"""


def markdown() -> str:
    """Return the page."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield INTRODUCTION.format(count=len(rules()))
    yield "| form | cells | relations, line by line | of them against last year |"
    yield "|---|---|---|---|"
    for form in forms():
        across = sum(line.relation.crosses_years for line in lines(form))
        yield f"| `{form.key}` {form.short} | {len(form.places)} | {len(lines(form))} | {across} |"
    ordered = sorted(rules().values(), key=lambda rule: rule.relation)
    for group, members in groupby(ordered, key=lambda rule: rule.group):
        yield f"\n## {group}\n"
        yield "| rule | level | what is wrong | why | source |"
        yield "|---|---|---|---|---|"
        for rule in members:
            yield f"| `{rule.id}` | {rule.level} | {rule.title} | {_plain(rule.reason)} | {_source(rule)} |"
    yield ""


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _source(rule: Rule) -> str:
    if rule.source is None:
        return ""
    try:
        return str(national().reference(rule.source))
    except Refusal:
        return f"`{rule.source}`"
