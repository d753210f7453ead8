"""The page that explains the life cycle shows the table as it is."""

from tests.conftest import ROOT

from gongkai.core.lifecycle import acts, states

ACTS, STATES = acts(), states()
PAGE = ROOT / "docs" / "explanation" / "lifecycle.md"


def named(keys):
    return "、".join(STATES[key].label for key in keys) or "—"


def titles(keys):
    return "、".join(ACTS[key].title for key in keys)


def row(key, act):
    rules = [
        act.late and f"{named(act.late)}时要逾期以后",
        act.answers and f"针对{titles(act.answers)}",
        act.after and f"先要{ACTS[act.after].title}",
        act.once and "一轮一次",
        act.unless and f"{titles(act.unless)}以后不能",
        act.moves and "改变答复期限",
        act.since and f"{act.since}起收到的申请",
    ]
    to = STATES[act.to].label if act.to else "不变"
    return (
        f"| {act.title} | `{key}` | {named(act.from_)} | {to} | {'；'.join(filter(None, rules))} |"
    )


def test_the_page_shows_every_act_with_its_states_and_conditions():
    lines = PAGE.read_text("utf-8").splitlines()
    rows = [row(key, act) for key, act in ACTS.items()]
    assert [line for line in lines if "| `" in line] == rows
