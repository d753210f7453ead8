"""The reference page of the rules, made from the data: ``gongkai screen --rules > docs/reference/screening.md``."""

from collections.abc import Iterator
from itertools import groupby

from gongkai.core.screening.rules import rules
from gongkai.core.screening.words import starter_words

INTRODUCTION = """\
# Screening before publication

<!-- Made by `gongkai screen --rules`; edit law/screening instead. -->

`gongkai screen` and the review before publication look at a text, and inside files, by these {count} rules.
**block**: must be dealt with before publication. **ask**: needs a decision. **note**: worth a look.
The exit code is 1 when something blocks, 2 when a file could not be read (an unread file is an unscreened one).
Nothing is changed: every hit says where it stands, what may be done about it and what a masked text would look like.

Each rule is data in `src/gongkai/law/screening/*.yaml` (schema: `schema.json` there): title, severity, reason, source,
what may be done, and the patterns it works with. A rule that no function enforces, or the reverse, fails a test.
Patterns match the text with full-width forms made half-width, traditional characters simplified and invisible ones
left out; places count in the text as printed.

What is told apart: a word such as 机密 in a sentence is no mark; an office's own telephone, and the account whose
holder is an office, are not a person's; a number after 编号, 代码, 单号 and their like is that of a thing; codes of
organisations (统一社会信用代码) are not personal data.

## What is looked at in a file

| format | text | beside the text |
|---|---|---|
| DOCX | body, headers, footers, notes, text boxes, charts, diagrams, watermarks, comments, deleted and hidden text | tracked changes, comments, white or tiny letters, properties, macros, embedded files, outside links, pictures' EXIF |
| XLSX | every cell of every sheet, text boxes and shapes, charts with the figures they keep, headers and footers, comments | hidden sheets, rows and columns, white letters, properties, macros, links to other workbooks |
| PPTX | slides and their masters, charts, diagrams, notes, comments | hidden slides, properties, macros, embedded files |
| PDF | text layer, notes, form fields | text that is invisible, white, off the page or under a filled box; scripts, attachments, author |
| JPEG, PNG, WebP, TIFF | words in EXIF, XMP and PNG texts | position, device, second picture |
| HTML, text, Markdown | what is shown | comments, hidden elements, scripts |

A file inside an Office file, such as the workbook behind a chart, is read like the file itself, three deep; one that
cannot be opened is named as not looked at. The old binary form of embedded objects (`oleObject1.bin`) cannot.

## As JSON

`gongkai screen --json` prints one line a file, `gongkai.screening/1`:
`{{"schema", "file", "format", "blocks", "hits": [{{"rule", "severity", "title", "message", "reason", "source", "text",
"at": [start, end], "part", "page", "sheet", "cell", "treatments", "proposal"}}], "problems"}}`.

## From Python

```python
from gongkai.core.screening import WordList, Word, screen_file, screen_text, starter_words

# made once; a long list costs no more than a short one
words = starter_words() + WordList([Word("云川县", "云川市")])
hits = screen_text("户主手机 １６０１２３４５６７８，云川县", word_list=words)
assert [hit.rule for hit in hits] == ["personal.mobile", "words.typo"]
assert hits[0].proposal == "１６０****５６７８"
```

Files of unknown origin go through the guarded process: `Guard().call(screen_file, data, name)`.

## How well it works

`python benchmarks/screening.py` measures recall, precision and speed on the labelled sample in
`tests/core/screening/sample`; a test holds recall at 0.98 and precision at 0.95.

Those figures are of a sample that the rules were corrected by. Passages written after the rules, at their first run,
before anything was corrected: recall 0.93 and precision 0.98 on 113 of them, then recall 0.95 and precision 0.97 on
80 more. Expect that of texts nobody has seen: it is a second pair of eyes, not a guarantee. What it misses most are
names with rare surnames beside an address, and illnesses told in other words. Telephones that an office calls its own
are not reported at all when they are landlines, and only noted when they are mobile.
"""


def markdown() -> str:
    """Return the page."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield INTRODUCTION.format(count=len(rules()))
    for group, members in groupby(rules().values(), key=lambda rule: rule.group):
        yield f"## {group}\n"
        yield "| rule | severity | what was found | why | source | what may be done |"
        yield "|---|---|---|---|---|---|"
        for rule in members:
            done = "、".join(treatment.label for treatment in rule.treatments)
            source = str(rule.source) if rule.source else ""
            reason = rule.reason.replace("|", "\\|").replace("\n", " ")
            yield f"| `{rule.id}` | {rule.severity} | {rule.title} | {reason} | {source} | {done} |"
        yield ""
    words = starter_words().words.values()
    counts = {
        kind: sum(word.kind == kind for word in words) for kind in ("typo", "outdated", "forbidden")
    }
    yield (
        f"The list that comes with it has {counts['typo']} misspelt words, {counts['outdated']} names out of date and "
        f"{counts['forbidden']} expressions out of place (`law/screening/words.yaml`); an office adds its own.\n"
    )
