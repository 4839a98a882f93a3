"""nginx before three nodes, for every module that asks it."""

import shutil
from collections.abc import Iterator

import pytest

from tests.deploy import install
from tests.deploy.nodes import Cluster, cluster
from tests.kept import demonstration


@pytest.fixture(scope="package")
def behind_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes and nginx over a file of 2,000 events."""
    nginx = install.find()
    if nginx is None:
        pytest.skip(install.HELP)
    folder = tmp_path_factory.mktemp("cluster")
    shutil.copyfile(demonstration(2000), folder / "campaign.duckdb")
    with cluster(nginx, folder, folder / "campaign.duckdb") as found:
        yield found
