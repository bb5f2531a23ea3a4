"""Metrics on a port of their own: there while the block lasts, with nothing else."""

from __future__ import annotations

import socket

import httpx
import pytest

from turnout.metrics import Metrics
from turnout.web.scraping import scraped


async def test_metrics_are_served_until_the_block_ends() -> None:
    metrics, other = Metrics(), Metrics()
    metrics.watch_rooms(lambda: 7)
    other.watch_rooms(lambda: 8)  # of another registry: nothing is shared
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/metrics"
        async with httpx.AsyncClient(trust_env=False) as client:
            async with scraped(metrics.registry, listener):
                response = await client.get(address)
                assert response.status_code == 200
                assert "turnout_rooms 7.0\n" in response.text
                assert "server" not in response.headers
            with pytest.raises(httpx.TransportError):
                await client.get(address)
