"""One part is written while the next is made ready."""

import asyncio

import pytest

from application.overlap import PART, Overlap, parts


def test_a_batch_is_cut_into_parts_and_nothing_is_lost():
    items = list(range(2 * PART + 1))
    assert [len(part) for part in parts(items)] == [PART, PART, 1]
    assert [item for part in parts(items) for item in part] == items


async def test_a_write_is_under_way_while_the_next_part_is_made_and_one_at_a_time():
    told, done = [], asyncio.Event()

    async def write(number):
        told.append(f"begun {number}")
        if number == 1:
            await done.wait()
        told.append(f"ended {number}")
        return number

    async with Overlap[int]() as writing:
        await writing.start(write(1))
        told.append("made 2")
        done.set()
        await writing.start(write(2))
    assert told == ["begun 1", "made 2", "ended 1", "begun 2", "ended 2"]
    assert writing.results == [1, 2]


async def test_what_a_write_raises_is_raised_at_the_next_step_which_is_not_begun():
    begun = []

    async def fail():
        raise LookupError

    async def follow():
        begun.append("follow")

    async def batch():
        async with Overlap[None]() as writing:
            await writing.start(fail())
            await writing.start(follow())

    with pytest.raises(LookupError):
        await batch()
    assert begun == []


async def test_what_goes_wrong_between_two_writes_leaves_none_running():
    done, ended = asyncio.Event(), []

    async def write():
        await done.wait()
        ended.append("write")

    async def batch():
        async with Overlap[None]() as writing:
            await writing.start(write())
            done.set()
            raise KeyError

    with pytest.raises(KeyError):
        await batch()
    assert ended == ["write"]


async def test_what_goes_wrong_before_the_first_write_is_simply_raised():
    with pytest.raises(KeyError):
        async with Overlap[None]():
            raise KeyError
