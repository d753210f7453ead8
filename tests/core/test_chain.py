"""A hash chain: whatever is done to it afterwards shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core import chain

facts = st.dictionaries(
    st.text(max_size=8), st.text(max_size=12) | st.integers() | st.none(), max_size=4
)


def link(contents):
    last, entries = chain.Seal(0, chain.START), []
    for content in contents:
        entry = {"number": last.number + 1, "previous": last.digest, "facts": content}
        entry["digest"] = chain.digest(entry)
        entries.append(entry)
        last = chain.Seal(entry["number"], entry["digest"])
    return entries


@given(st.lists(facts, max_size=6))
def test_an_untouched_chain_holds(contents):
    entries = link(contents)
    assert chain.verify(entries).number == len(contents)


@given(st.lists(facts, min_size=1, max_size=6), st.data())
def test_a_changed_entry_is_the_first_broken_link(contents, data):
    entries = link(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    entries[at]["facts"] = {"forged": True}
    with pytest.raises(chain.BrokenChain) as broken:
        chain.verify(entries)
    assert broken.value.facts["number"] == at + 1


@given(st.lists(facts, min_size=2, max_size=6), st.data())
def test_a_removed_entry_leaves_a_gap(contents, data):
    entries = link(contents)
    at = data.draw(st.integers(0, len(entries) - 2))
    del entries[at]
    with pytest.raises(chain.BrokenChain):
        chain.verify(entries)


@given(st.lists(facts, min_size=1, max_size=6))
def test_a_cut_end_is_found_by_a_seal_kept_elsewhere(contents):
    entries = link(contents)
    seal = chain.verify(entries)
    assert chain.verify(entries[:-1]).number == len(entries) - 1
    with pytest.raises(chain.BrokenChain):
        chain.verify(entries[:-1], expect=seal)


def test_the_digest_is_that_of_sorted_json_without_spaces():
    # computed by: printf '{"a":1,"b":"云"}' | sha256sum
    assert chain.digest({"b": "云", "a": 1}) == (
        "sha256:" + __import__("hashlib").sha256('{"a":1,"b":"云"}'.encode()).hexdigest()
    )
