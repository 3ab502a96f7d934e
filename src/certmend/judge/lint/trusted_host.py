"""pip's verification is switched off for a host.

## What
A host in `--trusted-host`, PIP_TRUSTED_HOST, `trusted-host` of a pip.conf or requirements file, or
in `pip config set global.trusted-host`. pip then checks neither the chain nor the name nor the
date of its certificate, and accepts plain HTTP as well. A `{{ name }}` of Ansible's is looked up in
the variables of the role and the inventory.

## Why
Anyone on the network between can hand out packages in that host's name, and what is in them runs
during the installation. In an image or a pipeline the setting goes wherever the file goes.

## Bad
```dockerfile
RUN pip install --trusted-host pypi.corp.example -r requirements.txt
```

## Good
```dockerfile
COPY corp-ca.crt /usr/local/share/ca-certificates/
RUN update-ca-certificates
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt
RUN pip install -r requirements.txt
```

## When to ignore
A registry that cannot get a certificate yet, with a date: `# certmend: ignore[trusted-host]
until=2027-01-31 the registry moves to TLS`.
"""

from collections.abc import Iterator

from certmend.judge.linting.hosts import is_pypi
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.judge.linting.trusted import trusted


@rule(
    code="verification-disabled",
    strict=True,
    literals=("trusted-host", "trusted_host"),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every trusted host that is not the public index."""
    for found in trusted(reading):
        if not is_pypi(found.host):
            yield Hit(
                span=found.span,
                message=f"pip verifies nothing of {found.host}",
                why="Anyone on this network can replace packages: their chain, name and date go "
                "unchecked.",
                advice=f"Have pip trust the CA of {found.host}: put it into the system's store or "
                "name a bundle in PIP_CERT, then leave the host out.",
            )
