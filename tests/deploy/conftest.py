"""nginx before several nodes, for every module that asks it."""

import shutil
from collections.abc import Iterator

import pytest

from tests import samples
from tests.deploy import install
from tests.deploy.nodes import MOST_NODES, Cluster, cluster
from tests.kept import demonstration


@pytest.fixture(scope="package")
def behind_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two nodes, or three with --every-case, and nginx over a file of 2,000 events."""
    nginx = install.find()
    if nginx is None:
        pytest.skip(install.HELP)
    folder = tmp_path_factory.mktemp("cluster")
    shutil.copyfile(demonstration(2000), folder / "campaign.duckdb")
    with cluster(nginx, folder, folder / "campaign.duckdb", MOST_NODES if samples.is_full else 2) as running:
        yield running
