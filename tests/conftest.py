"""Which worker runs which test: everything on Spark in one, so that one Java process is started, and first."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling


class OneJava(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Tests one by one over the workers; those whose name or parameter says "spark" go together."""

    def _split_scope(self, nodeid: str) -> str:
        return "spark" if "spark" in nodeid.partition("::")[2] else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> OneJava:
    """What pytest-xdist asks for."""
    return OneJava(config, log)
