"""What the server does before it answers and while it does: a demonstration where no file is, sockets, what sessions leave."""

import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.concurrency import run_in_threadpool

from campaign.api.health import HEALTH
from campaign.core.errors import BusyError, CampaignError
from campaign.core.settings import settings
from campaign.publish import demonstration
from campaign.web import connections, journal, memory, routes, sessions, threads, uploading, workers
from campaign.web.beside import going_on
from campaign.web.sockets import send_at_once

logger = logging.getLogger(__name__)

PATIENCE_S: Final = 120.0
LOOKED_EVERY_S: Final = 10.0
# A thread that computes gives way to one that answers so often. The event loop waits for each of those that compute whenever it has
# sent something: Python's own 5 ms, times so many threads and answers, is a late answer.
SWITCHED_EVERY_S: Final = 0.0005


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Make the server ready, from its start on."""
    send_at_once()
    sys.setswitchinterval(SWITCHED_EVERY_S)
    memory.keep_little()
    sessions.raise_descriptors()
    connections.bound()
    threads.begin_without_waiting()
    journal.quiet_libraries()
    await run_in_threadpool(write_missing)
    async with workers.running(routes()), going_on(connections.watch()), going_on(_tidy()), going_on(HEALTH.watch()):
        yield


async def _tidy() -> None:
    """Let go what readers left behind, from time to time, without an end."""
    files: dict[str, float] = {}
    left: dict[str, float] = {}
    while True:
        await asyncio.sleep(LOOKED_EVERY_S)
        files = uploading.free_left(files, time.monotonic())
        left = sessions.close_left(left, time.monotonic())
        workers.WORKERS.tidy(time.monotonic())
        await run_in_threadpool(memory.give_back)


def write_missing() -> bool:
    """Write a demonstration where nobody named an event file and the default one is missing; return whether it was written.

    A file that was named (CAMPAIGN_DB, --db) and is not there stays missing: that is an error to be seen. Where it cannot be
    written the server starts all the same, and its pages say that there is no file.
    """
    given = settings()
    if "db" in given.model_fields_set or given.db.exists():
        return False
    latest = time.monotonic() + PATIENCE_S
    while not given.db.exists():
        try:
            demonstration.write(given.db)
        except BusyError as error:  # another process of this server writes the same one
            if time.monotonic() > latest:
                logger.error("%s", error.for_log)
                return False
            time.sleep(0.5)
        except CampaignError as error:
            logger.error("%s", error.for_log)
            return False
        else:
            logger.warning("Aucun fichier d'événements : une démonstration est écrite dans %s.", given.db)
            return True
    return False
