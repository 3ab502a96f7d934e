"""Where Mozilla's roots are, as certifi ships them."""

from pathlib import Path


def file() -> str:
    """The file beside the module, which importing certifi to be told of would take longer to find.

    A distribution's certifi has none, and says where the system's is.
    """
    from importlib.util import find_spec

    spec = find_spec("certifi")
    beside = Path(spec.origin).with_name("cacert.pem") if spec and spec.origin else None
    if beside is not None and beside.is_file():
        return str(beside)
    import certifi

    return certifi.where()
