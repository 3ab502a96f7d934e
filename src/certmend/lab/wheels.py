"""The tiny wheels of the lab's registry, built here: one module, no dependency, any Python."""

import base64
import hashlib
import io
import zipfile

import msgspec

_LONG_AGO = (2020, 1, 1, 0, 0, 0)


class Wheel(msgspec.Struct, frozen=True, kw_only=True):
    """A wheel's file name and content."""

    project: str
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest that an index states beside a file link."""
        return hashlib.sha256(self.content).hexdigest()


def build(project: str, version: str) -> Wheel:
    """A pure wheel for Python 2 and 3; the same bytes each time (PEP 427)."""
    folder = f"{project}-{version}.dist-info"
    files = {
        f"{project}.py": f'"""From certmend\'s lab."""\n__version__ = "{version}"\n',
        f"{folder}/METADATA": f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n",
        f"{folder}/WHEEL": "Wheel-Version: 1.0\nGenerator: certmend\nRoot-Is-Purelib: true\n"
        "Tag: py2-none-any\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(text)},{len(text)}\n" for path, text in files.items())
    files[f"{folder}/RECORD"] = f"{record}{folder}/RECORD,,\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, _LONG_AGO), text)
    name = f"{project}-{version}-py2.py3-none-any.whl"
    return Wheel(project=project, name=name, content=packed.getvalue())


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


BILLING = build("billing", "1.0")
LEDGER = build("ledger", "2.1")
