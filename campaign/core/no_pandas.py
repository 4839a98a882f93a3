"""Processes that do without pandas: DuckDB imports it, where there is one, when it is given its first parameter."""

import sys
from importlib.abc import MetaPathFinder


class _NoPandas(MetaPathFinder):
    """Says that pandas is not there: to import it, or to look for it at each parameter, takes longer than reading most files."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Refuse pandas, leave all else to others."""
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas", name="pandas")


def refuse() -> None:
    """Let nothing in this process import pandas from now on."""
    sys.meta_path.insert(0, _NoPandas())
