"""Search over realistic notices: ours against raw tantivy on the same index, and against PostgreSQL.

``python benchmarks/search.py [10000] [100000] [1000000]`` builds an index of each size, asks for one, two and three
words, and prints p50 and p95 in milliseconds (on the processor; on the wall for PostgreSQL) of a ranked page with counts, with and without facets.
``--in FOLDER`` keeps the indexes there, and uses those that are there:

- *raw*: the query a user of tantivy would write (two fields, title boosted, all words), the same twenty documents
  read to be shown and, where ours counts facets, the same aggregation (organisations stay keys), on the same index;
- *ours*: everything that a request does: reading the query, synonyms, phrases, freshness, facets, and the documents
  that are shown;
- *page*: the answer of the web application to ``/search/``, snippets and all.

With ``DATABASE_URL`` it fills our PostgreSQL engine, too, up to 100,000 documents. No database of yours is touched: on
PostgreSQL the tables of the search in the database named are emptied before and after.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported

import json
import os
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

SIZES = [int(size) for size in sys.argv[1:] if size.isdigit()] or [10_000, 100_000]
QUERIES = 120
TURNS = 3
ON_POSTGRESQL = 100_000


def main():
    sys.path.insert(0, str(Path(__file__).parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.testing")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GONGKAI_DATA"] = folder
        import django
        from django.conf import settings

        if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
            settings.DATABASES["default"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        for size in SIZES:
            settings.GONGKAI_SEARCH_ENGINE = "embedded"
            settings.GONGKAI_SEARCH_INDEX = str(kept_in(folder) / str(size))
            measure(size)
            if connection.vendor == "postgresql" and size <= ON_POSTGRESQL:
                settings.GONGKAI_SEARCH_ENGINE = "postgresql"
                measure_postgresql(size)


def kept_in(folder):
    """Return the folder after ``--in``, *folder* where none is told."""
    return Path(sys.argv[sys.argv.index("--in") + 1] if "--in" in sys.argv else folder)


def offer(size):
    """Have the notices be the only source there is."""
    from benchmarks.notices import notice

    from gongkai.foundation.search import sources

    def documents(keys):
        return [as_document(notice(int(key))) for key in keys]

    known = sources._sources  # noqa: SLF001  # only the notices are to be there
    known.clear()
    known["item"] = sources.Source(
        "item",
        "政府信息",
        documents,
        lambda after: (str(n) for n in range(int(after or 0) + 1, size + 1)),
        lambda keys: keys,
    )


def as_document(n):
    from gongkai.foundation.search import Document, Issuer

    return Document(
        kind="item",
        key=str(n.serial),
        title=n.title,
        url=f"/items/{n.serial // 1000}/{n.serial}/",
        text=n.text,
        issuer=Issuer(n.bureau.key, n.bureau.name, n.bureau.path),
        topic=n.topic,
        genre=n.genre,
        validity={"valid": "现行有效", "expired": "失效", "abolished": "废止"}.get(n.validity, ""),
        day=n.published,
        number=n.number,
        index_number=n.index_number,
    )


def words_asked(count):
    """Return queries of *count* words, common and rare ones."""
    from benchmarks.notices import _all_words, _common

    rng = Random(2026)
    words, (weights, _) = _all_words(), _common()
    drawn = iter(lambda: rng.choices(words, cum_weights=weights)[0], None)
    typed = (word for word in drawn if word.strip("，。、；：！？“”（）《》 ·-—…%/.").isalnum())
    return [" ".join(islice(typed, count)) for _ in range(QUERIES)]


def measure(size):
    from gongkai.foundation.search.engine import engine
    from gongkai.foundation.search.rebuilding import rebuild

    offer(size)
    print(f"\n{size:,} documents, tantivy")
    if engine().size() != size:
        began = time.perf_counter()
        made = sum(1 for _ in as_documents(min(size, 10_000)))
        making = (time.perf_counter() - began) / made * size
        began = time.perf_counter()
        assert rebuild() == size
        taken = time.perf_counter() - began
        told = f"{size / taken:,.0f} a second ({making:.1f} s of it making the notices)"
        print(f"  built in {taken:.1f} s, {told}")
    folder = Path(engine().folder.root)
    disk = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
    print(f"  {disk:.0f} MB, {engine()._searcher().num_segments} segments", flush=True)  # noqa: SLF001
    for count in (1, 2, 3):
        compare(count)
    suggesting()
    print(
        f"  largest memory of the process so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def as_documents(count):
    from benchmarks.notices import notices

    return map(as_document, notices(count))


def compare(count):
    from django.test import RequestFactory

    from gongkai.foundation.search.asking import ask
    from gongkai.foundation.search.engine import engine
    from gongkai.foundation.search.engines import schema
    from gongkai.foundation.search.portal import views
    from gongkai.foundation.search.query import Query
    from gongkai.foundation.search.words import words

    mine = engine()
    searcher = mine._searcher()  # noqa: SLF001  # the same index without us
    index = mine._open[1]  # noqa: SLF001
    asked = words_asked(count)

    def raw(text, *, facets):
        typed = " ".join(f"+{word}" for word in words(text))
        query = index.parse_query(typed, ["title", "words"], field_boosts={"title": 2.5})
        result = searcher.search(query, limit=20)
        if facets and result.count:
            searcher.aggregate(query, schema.AGGREGATIONS)
        return [shown(searcher.doc(address)) for _, address in result.hits]

    def shown(entry):
        facts, _, body = entry.get_first("shown").decode().partition("\n")
        return json.loads(facts), body

    def page(text):
        return views.search(RequestFactory().get("/search/", {"q": text})).content

    told = side_by_side(
        asked,
        {
            "raw": lambda t: raw(t, facets=False),
            "ours": lambda t: ask(Query(t), facets=False),
            "raw with facets": lambda t: raw(t, facets=True),
            "ours with facets": lambda t: ask(Query(t)),
        },
    )
    told["page"] = timed(page, asked[:40])
    show(count, told)
    for facets in ("", " with facets"):
        p50, p95 = (told[f"ours{facets}"][i] / told[f"raw{facets}"][i] for i in (0, 1))
        print(f"    ours / raw{facets or ' without facets'}: p50 {p50:.2f}, p95 {p95:.2f}")


def suggesting():
    from gongkai.foundation.search.engine import engine

    typed = ["石桥", "石桥县", "政府", "农村", "sqx", "zfcg", "云川市财", "关于"]
    p50, p95 = timed(lambda t: engine().suggest(t, 8), typed * 5)
    print(f"  suggestions                 p50 {p50:8.2f}  p95 {p95:8.2f}")


def measure_postgresql(size):
    from django.db import connection

    from gongkai.foundation.search.asking import ask
    from gongkai.foundation.search.query import Query
    from gongkai.foundation.search.rebuilding import rebuild

    offer(size)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_document, search_beginning")
    began = time.perf_counter()
    assert rebuild() == size
    taken = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_document")
    print(
        f"\n{size:,} documents, PostgreSQL\n  built in {taken:.1f} s, {size / taken:,.0f} a second"
    )
    plain = (
        "SELECT name, count(*) OVER () FROM search_document WHERE words @@ %s::tsquery "
        "ORDER BY ts_rank(words, %s::tsquery) DESC LIMIT 20"
    )

    def raw(text):
        from gongkai.foundation.search.words import words

        typed = " & ".join(f"'{word}'" for word in words(text))
        with connection.cursor() as cursor:
            cursor.execute(plain, [typed, typed])
            return cursor.fetchall()

    for count in (1, 2, 3):
        asked = words_asked(count)[:40]
        told = {
            "ts_rank of all": timed(raw, asked, time.perf_counter),
            "ours": timed(lambda t: ask(Query(t), facets=False), asked, time.perf_counter),
            "ours with facets": timed(lambda t: ask(Query(t)), asked, time.perf_counter),
        }
        show(count, told)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_document, search_beginning")


def timed(call, asked, clock=time.thread_time):
    """Return p50 and p95 in milliseconds, each query once after one that warms up.

    By default in time of this thread on the processor, which hardly depends on what else the machine does.
    """
    call(asked[0])
    taken = []
    for text in asked:
        began = clock()
        call(text)
        taken.append((clock() - began) * 1000)
    return spread(taken)


def side_by_side(asked, calls):
    """Return p50 and p95 of each of *calls*, which take turns with all queries; the best of three turns counts.

    So what else the machine does falls on all of them alike, and none finds warm what another has just read.
    """
    best = {name: dict.fromkeys(asked, float("inf")) for name in calls}
    for _ in range(TURNS):
        for name, call in calls.items():
            for text in asked:
                began = time.thread_time()
                call(text)
                taken = (time.thread_time() - began) * 1000
                best[name][text] = min(best[name][text], taken)
    return {name: spread(each.values()) for name, each in best.items()}


def spread(taken):
    taken = sorted(taken)
    return median(taken), taken[int(len(taken) * 0.95)]


def show(count, told):
    for name, (p50, p95) in told.items():
        print(
            f"  {count} word{'s' if count > 1 else ' '} {name:18}   p50 {p50:8.2f}  p95 {p95:8.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
