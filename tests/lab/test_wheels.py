import base64
import csv
import hashlib
import io
import zipfile

from certmend.lab.wheels import BILLING, build


def test_a_wheel_has_the_name_and_files_that_pep_427_asks_for():
    made = build("ledger", "2.1")
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            "ledger.py",
            "ledger-2.1.dist-info/METADATA",
            "ledger-2.1.dist-info/WHEEL",
            "ledger-2.1.dist-info/RECORD",
        }
        assert "Name: ledger\nVersion: 2.1\n" in archive.read(archive.namelist()[1]).decode()
    assert made.name == "ledger-2.1-py2.py3-none-any.whl"


def test_the_record_tells_the_truth_of_every_file():
    with zipfile.ZipFile(io.BytesIO(BILLING.content)) as archive:
        rows = csv.reader(archive.read("billing-1.0.dist-info/RECORD").decode().splitlines())
        for path, digest, size in rows:
            if not digest:
                continue
            content = archive.read(path)
            hashed = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()
            assert digest == f"sha256={hashed.rstrip('=')}"
            assert int(size) == len(content)


def test_the_same_wheel_each_time():
    assert build("billing", "1.0").content == BILLING.content
    assert BILLING.sha256 == hashlib.sha256(BILLING.content).hexdigest()
