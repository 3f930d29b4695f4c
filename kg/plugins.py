"""Plug-ins: a plug-in is a module, found by its file name in a folder of the package, or an entry point."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from types import ModuleType

from kg.errors import PluginError


def names(package: str) -> tuple[str, ...]:
    """Names of all plug-ins of a package such as `kg.sources`, sorted; private modules and its `HELPERS` are none."""
    folder = importlib.import_module(package)
    own = {module.name for module in pkgutil.iter_modules(folder.__path__) if not module.name.startswith("_")}
    own.difference_update(getattr(folder, "HELPERS", ()))
    return tuple(sorted(own | {entry.name for entry in entry_points(group=package)}))


def load(package: str, name: str) -> ModuleType:
    """The plug-in module of that name; a module of the package goes before an entry point.

    Raises `PluginError` where there is none, or where something that it needs is not installed.
    """
    try:
        return importlib.import_module(f"{package}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{package}.{name}":
            raise PluginError(f"{name!r} needs the package {error.name!r}, which is not installed") from error
    for entry in entry_points(group=package, name=name):
        loaded: ModuleType = entry.load()
        return loaded
    raise PluginError(f"{name!r} is none of {package}: {', '.join(names(package))}")
