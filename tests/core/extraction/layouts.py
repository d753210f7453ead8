"""The ways in which web pages, copies and conversions print the official tables as text."""

from gongkai.core.rendering.layout import printed_table

CHAPTERS = {
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "remedies": "四、政府信息公开行政复议、行政诉讼情况",
    "stat65": "政府信息公开情况统计表",
}
END = "五、存在的主要问题及改进情况\n公开的主动性还不够，2024年将加强培训3次。\n"


def rows(table, filled):
    """Return the texts of a table line by line, merged cells where they begin."""
    return [[cell.text for cell in line] for line in printed_table(table, filled).rows()]


def spread(table, filled):
    """Return the texts of a table line by line, a merged cell followed by blanks for what it covers."""
    printed = printed_table(table, filled)
    lines = [[""] * printed.columns for _ in range(printed.lines)]
    for cell in printed.cells:
        lines[cell.line][cell.column] = cell.text
    return lines


def a_cell_a_line(table, filled):
    return "".join(f"{text}\n\n" for line in rows(table, filled) for text in line if text)


def a_cell_a_line_with_walls(table, filled):
    return "".join(f"{text}\n|\n" for line in rows(table, filled) for text in line)


def a_cell_and_a_wall_a_line(table, filled):
    """Blank cells lost, their walls left at the end of the row."""
    return "".join(
        "".join(f"{text} |\n" for text in line if text) + "|" * (1 + line.count("")) + "\n"
        for line in rows(table, filled)
    )


def walls_behind(table, filled):
    """Blank cells lost, their walls left at the end of the row."""
    return "".join(
        " | ".join([text for text in line if text]) + " |" * (1 + line.count("")) + "\n"
        for line in rows(table, filled)
    )


def walls_in_place(table, filled):
    return "".join(" | ".join(line) + " |\n" for line in rows(table, filled))


def markdown(table, filled):
    lines = spread(table, filled)
    head, *body = ["| " + " | ".join(line) + " |\n" for line in lines]
    return head + "|" + "---|" * len(lines[0]) + "\n" + "".join(body)


def spaces(table, filled):
    return "".join(" ".join(text for text in line if text) + "\n" for line in rows(table, filled))


def tabs(table, filled):
    return "".join("\t".join(line) + "\n" for line in rows(table, filled))


def one_line_of_words(table, filled):
    return " ".join(text for line in rows(table, filled) for text in line if text) + " "


def run_together(table, filled):
    return "".join(text for line in rows(table, filled) for text in line)


LAYOUTS = (
    a_cell_a_line,
    a_cell_a_line_with_walls,
    a_cell_and_a_wall_a_line,
    walls_behind,
    walls_in_place,
    markdown,
    spaces,
    tabs,
    one_line_of_words,
    run_together,
)
KEEP_BLANKS = {markdown}
"""Layouts from which every cell can be told, blanks included."""


def text_of(filled, layout):
    """Return a report with its tables in *layout*."""
    title = f"{filled.agency}{filled.year}年政府信息公开工作年度报告\n\n一、总体情况\n全年公开信息12条。\n"
    tables = "".join(
        f"{CHAPTERS[table.key]}\n{layout(table, filled)}\n" for table in filled.form.tables
    )
    return title + tables + END


def whole(printed):
    return [list(printed.rows())]


def a_table_for_each_section(printed):
    groups = {}
    for line in printed.rows():
        if line:
            groups.setdefault(line[0].section, []).append(line)
    return list(groups.values())


def broken_over_pages(printed):
    """The table goes on in another one, without its heading and without the cells that reach down."""
    lines = list(printed.rows())
    middle = max(printed.head_lines + 1, len(lines) // 2)
    return [lines[:middle], lines[middle:]]


def without_a_heading(printed):
    lines = list(printed.rows())
    return [lines if printed.key == "remedies" else lines[printed.head_lines :]]


PAGES = (whole, a_table_for_each_section, broken_over_pages, without_a_heading)


def page_of(filled, tables, *, spans=True, blank=""):
    """Return a report as a web page, its tables printed by *tables*, with or without merged cells."""
    parts = [f"<html><body><h1>{filled.agency}{filled.year}年政府信息公开工作年度报告</h1>"]
    for table in filled.form.tables:
        parts.append(f"<p>{CHAPTERS[table.key]}</p>")
        for lines in tables(printed_table(table, filled)):
            parts.append("<table>")
            for line in lines:
                cells = "".join(
                    f'<td rowspan="{c.lines}" colspan="{c.columns}"><p><span>{c.text or blank}</span></p></td>'
                    if spans
                    else f"<td>{c.text or blank}</td>"
                    for c in line
                )
                parts.append(f"<tr>{cells}</tr>")
            parts.append("</table>")
    return "".join(parts) + f"<p>{END}</p></body></html>"
