"""The pip inside pipenv: sent after `inside_pip.py` and `inside_clients.py`, whose names it uses."""

import importlib.abc
import importlib.util
import sys


class PipenvPip(Pip):
    """The pip inside pipenv, under the name that it goes by there."""

    def __init__(self):
        Pip.__init__(self)

        class Alias(importlib.abc.MetaPathFinder, importlib.abc.Loader):
            def find_spec(self, name, path=None, target=None):
                if name == "pip" or name.startswith("pip."):
                    return importlib.util.spec_from_loader(name, self)
                return None

            def create_module(self, spec):
                return importlib.import_module("pipenv.patched." + spec.name)

            def exec_module(self, module):
                """It is loaded already."""

        sys.meta_path.insert(0, Alias())


def about_pipenv(subject, request):
    return dict(about(subject, request), version=version_of("pipenv"))
