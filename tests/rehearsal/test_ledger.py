import asyncio

from turnout.rehearsal.ledger import MAX_TROUBLES, Ledger, Spread, spread


class Clock:
    now = 10.0

    def __call__(self) -> float:
        return self.now


def test_the_spread_is_the_nearest_rank() -> None:
    assert spread([]) == Spread(None, None, None, None)
    assert spread([0.5]) == Spread(500, 500, 500, 500)
    hundred = [n / 1000 for n in range(100, 0, -1)]
    assert spread(hundred) == Spread(50, 95, 99, 100)
    assert spread([0.001, 0.002, 0.003]) == Spread(2, 3, 3, 3)


def test_times_are_measured_from_the_sending() -> None:
    clock = Clock()
    ledger = Ledger(clock)
    ledger.item_seen(4)
    ledger.item_sent(5)
    clock.now = 10.25
    ledger.item_seen(5)
    ledger.answer_sent()
    clock.now = 11.25
    ledger.answer_accepted(1, since=10.25)
    ledger.answer_refused(1)
    assert list(ledger.seen_after) == [0.25]
    assert list(ledger.accepted_after) == [1.0]
    assert (ledger.answers_sent, ledger.accepted, ledger.refused) == (1, 1, 1)
    assert ledger.settled[1] == 2


def test_troubles_beyond_measure_are_counted_only() -> None:
    ledger = Ledger(Clock())
    for number in range(MAX_TROUBLES + 5):
        ledger.trouble(str(number))
    assert ledger.troubled == MAX_TROUBLES + 5
    assert len(ledger.troubles) == MAX_TROUBLES


async def test_waiting_ends_when_the_condition_holds() -> None:
    ledger = Ledger(Clock())
    assert await ledger.until(lambda: True, patience=9)
    loop = asyncio.get_running_loop()
    loop.call_soon(ledger.robot_joined)
    loop.call_later(0.01, ledger.robot_joined)
    assert await ledger.until(lambda: ledger.joined == 2, patience=9)


async def test_waiting_ends_when_nothing_happens_any_more() -> None:
    ledger = Ledger(Clock())
    asyncio.get_running_loop().call_later(0.01, ledger.robot_joined)
    assert not await ledger.until(lambda: ledger.joined == 2, patience=0.03)
    assert ledger.joined == 1


def test_who_listens_hears_of_every_settled_answer() -> None:
    ledger = Ledger(Clock())
    heard: list[int] = []
    ledger.on_settled = heard.append
    ledger.answer_accepted(7, since=0)
    ledger.answer_refused(8)
    assert heard == [7, 8]
