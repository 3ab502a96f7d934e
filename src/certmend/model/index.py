"""An index, and what it answered."""

from enum import StrEnum

import msgspec

from certmend.model.setting import Origin
from certmend.model.url import Url

WITHOUT_CERTIFICATE = (400, 403)
"""What servers answer that ask for a client certificate and go on without (nginx: 400)."""


class Purpose(StrEnum):
    """Why a URL is fetched."""

    INDEX = "index"
    EXTRA_INDEX = "extra index"
    FIND_LINKS = "find-links"
    PACKAGE = "package page"
    FILE = "file link"
    REDIRECT = "redirect"
    REQUIREMENT = "requirement"
    INSPECTION = "inspection"
    """Nothing is fetched: a chain is judged by the rules of a verifier."""


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """A place that the client takes packages from."""

    url: Url
    origin: Origin
    problem: str = ""
    """Why a client ignores it without a look at the network; empty for none."""
    purpose: Purpose = Purpose.INDEX
    name: str = ""
    """What the client's settings call it; empty where they give no name."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP answer, taken over a connection that the client verified."""

    status: int
    content_type: str = ""
    date: str = ""
    """The Date header as sent."""
    received: float = 0.0
    """The local clock, in Unix seconds, when the answer came."""
    location: str = ""
    """Where a redirect leads, redacted."""
    realm: str = ""
    product: str = ""
    """The registry product, when it can be told."""
    is_index: bool = False
    """Whether the body is a simple index page (PEP 503) or JSON (PEP 691)."""
    too_new: bool = False
    """Whether it is one of a type that this version of the client does not take."""
    title: str = ""
    """The title of an HTML page that is no index."""
    project_count: int = 0
    """Links, or projects, on the page as far as it was read."""
    files: tuple[str, ...] = ()
    """Names of the files on a package page."""
    sent_credentials: bool = False
