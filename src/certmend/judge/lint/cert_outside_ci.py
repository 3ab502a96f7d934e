r"""A CA file lies in one person's home directory, in a file that others use.

## What
A CA setting with a path such as /Users/mia/corp.pem or C:\\Users\\mia\\corp.pem in a file of a
repository. Accounts of services and images are left out, and so is `$HOME`.

## Why
On every other machine the file is not there: pip stops with an invalid path, uv and others go on
with other roots, without a word.

## Bad
```ini
[global]
cert = /Users/mia/certs/corp-ca.pem
```

## Good
```ini
[global]
cert = /etc/ssl/certs/ca-certificates.crt
```

## When to ignore
A file that only that person's machine reads.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting.ca_settings import settings
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model.text import visible

_HOME = re.compile(
    r"(?:/home/|/Users/|(?:[A-Za-z]:)?[\\/]{1,2}Users[\\/]{1,2}|/mnt/c/Users/)([^\\/$%{}<>]+)[\\/]",
    re.IGNORECASE,
)
_SERVICES = re.compile(
    r"runner(?:admin)?|runneradmin|jenkins|vscode|circleci|ubuntu|ec2-user|vagrant|app(?:user)?|node|jovyan|"
    r"airflow|gitlab-runner|travis|vsts\w*|docker|user|dev(?:eloper|user)?|root|coder|codespace|gitpod|worker|"
    r"django|www-data|deploy(?:er)?|build(?:er|kite-agent)?|ci|service|svc[-_]?\w*|pi|admin\w*|python|"
    r"azureuser|opc|centos|fedora|debian|nonroot|nobody|default|public|shared|all users|"
    r"containeradmin\w*|"
    r"conda|mambauser|sagemaker-user|studio-lab-user|hadoop|spark|domino|domino\w*|bitbucket\w*|agent|"
    r"podman|linuxbrew|postgres|mysql|nginx|flask|celery|odoo|rstudio|kali|test(?:er|user)?|git|steam|oracle|"
    r"username|your[-_]?\w*|<.*>|me|someone|container|workspace|devops|ansible|robot|bot|core|guest|administrator"
)


@rule(
    code="bundle-not-found",
    together=(
        (
            ("/home/", "/users/", "\\users\\", "users\\\\"),
            ("cert", "cafile", "ca_bundle", "ssl", "verify"),
        ),
    ),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every CA path in somebody's home directory."""
    for setting in settings(reading):
        match = _HOME.match(setting.value.text)
        if match is None or _SERVICES.fullmatch(match[1].lower()):
            continue
        if _made_here(match[1], reading):
            continue
        yield Hit(
            span=setting.span,
            message=f"{visible(setting.value.text, 100)} exists on one person's machine only",
            why="Elsewhere pip stops with an invalid path, and others silently use other roots.",
            advice="Name a path that exists on every machine, or take it from a variable.",
        )


def _made_here(user: str, reading: Reading) -> bool:
    """Whether the file makes the account itself: useradd, USER, chown."""
    return bool(
        re.search(
            rf"(?:useradd|adduser|^USER|chown|su)\b[^\n]*\b{re.escape(user)}\b",
            reading.document.text,
            re.MULTILINE,
        )
    )
