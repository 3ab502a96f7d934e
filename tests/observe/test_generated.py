"""A file that the system's own program writes anew is known, under any of its names."""

from pathlib import Path

import pytest

from certmend.observe import bundle
from certmend.observe.generated import GENERATED


@pytest.mark.parametrize("path", GENERATED)
def test_the_systems_own_file_through_a_link_too(path, tmp_path):
    link = tmp_path / "link.pem"
    link.symlink_to(path)
    assert bundle.read(path, "x").store.generated
    assert bundle.read(str(link), "x").store.generated


def test_a_copy_is_ones_own(tmp_path):
    copy = tmp_path / "ca-certificates.crt"
    copy.write_bytes(b"")
    Path(tmp_path / "folder").mkdir()
    for path in (str(copy), str(tmp_path / "folder"), str(tmp_path / "absent"), "\0"):
        assert not bundle.read(path, "x").store.generated
