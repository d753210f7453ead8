"""How fast the relations of a form are judged over very many filled forms at once.

    .venv/bin/python benchmarks/checks.py [--forms 100000]

One core. The forms are random but sound, one in ten with a wrong total, noughts often left blank; each has a report of the year
before, so that every relation of the 2021 form is judged in every line.
"""

import argparse
import os
import time
from collections.abc import Callable

import numpy as np

from gongkai.core.checks.relations import Verdict, judge
from gongkai.core.checks.stack import Stack, judge_stack, stack_places
from gongkai.core.forms import FilledForm, Form, cell_of, form

PEER = 2_650
"""Forms a second of a TypeScript peer, 44 relations, one core."""
TARGET = 20 * PEER
RUNS = 5


def sound_values(which: Form, count: int, random: np.random.Generator) -> np.ndarray:
    """Return random cells with right totals; then one form in ten gets a wrong one."""
    places = stack_places(which)
    at = {place: index for index, place in enumerate(places)}
    values = random.poisson(0.4, (len(places), count)).astype(float)
    requests = {(p.row, p.column): at[p] for p in places if p.table == "requests"}
    rows = list(dict.fromkeys(row for row, _ in requests))
    columns = list(dict.fromkeys(column for _, column in requests))
    apart = {"new", "carried_in", "other", "result_total", "carried_out"}
    for column in columns[:-1]:
        done = sum(values[requests[row, column]] for row in rows if row not in apart)
        values[requests["result_total", column]] = done
        values[requests["new", column]] = done
        values[requests["carried_out", column]] = values[requests["carried_in", column]]
    for row in rows:
        values[requests[row, columns[-1]]] = sum(values[requests[row, c]] for c in columns[:-1])
        if row == "other":
            values[[requests[row, c] for c in columns]] = np.nan
    for group in ("recon", "lit_direct", "lit_after"):
        cells = [at[p] for p in places if p.table == "remedies" and p.row == group]
        values[cells[-1]] = values[cells[:-1]].sum(axis=0)
    wrong = random.random(count) < 0.1
    values[requests["new", "total"], wrong] += 1
    values[(values == 0) & (random.random(values.shape) < 0.2)] = np.nan
    return values


def best(run: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def alone(which: Form, values: np.ndarray, count: int) -> tuple[list[FilledForm], float]:
    """Return *count* of the forms as objects, and the seconds it took to judge them one by one."""
    places = stack_places(which)
    filled = [
        FilledForm(
            which,
            {p: cell_of(int(v)) for p, v in zip(places, column, strict=True) if v == v},  # noqa: PLR0124
        )
        for column in values[:, :count].T
    ]
    start = time.perf_counter()
    for one in filled:
        for _ in judge(one, one):
            pass
    return filled, time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--forms", type=int, default=100_000)
    options.add_argument("--form", default="format-2021")
    count = (given := options.parse_args()).forms
    which, random = form(given.form), np.random.default_rng(2021)
    now, before = (Stack(which, sound_values(which, count, random)) for _ in range(2))
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    judged, verdicts = judge_stack(now, before)
    within = len([line for line in judged if not line.relation.crosses_years])
    seconds = best(lambda: judge_stack(now, before))
    seconds_within = best(lambda: judge_stack(now))
    sample = min(count, 500)
    filled, slow = alone(which, now.values, sample)
    build = best(lambda: Stack.of(which, filled))

    inside = [not line.relation.crosses_years for line in judged]
    broken = (verdicts[inside] == Verdict.BROKEN).any(axis=0).mean()
    print(f"{which.key}: {count:,} forms of {len(stack_places(which))} cells, one core")
    print(
        f"  {len(judged)} relation instances ({within} within the year, {len(judged) - within} across years)"
    )
    print(f"  forms with a broken relation within the year: {broken:.1%}")
    for title, took, lines_ in (
        ("all relations, with last year", seconds, len(judged)),
        ("relations within the year", seconds_within, within),
    ):
        rate = count / took
        print(
            f"  {title}: {took:.3f} s, {rate:,.0f} forms/s, {rate * lines_ / 1e6:,.0f} M relations/s, "
            f"{rate / PEER:,.0f} × the peer ({rate / TARGET:.1f} × the target of {TARGET:,})"
        )
    one = sample / slow
    print(
        f"  one by one, this package: {one:,.0f} forms/s; at once is {count / seconds / one:,.0f} × that"
    )
    print(f"  stacking filled forms: {sample / build:,.0f} forms/s")
    if count / seconds < TARGET:
        raise SystemExit("slower than the target")


if __name__ == "__main__":
    main()
