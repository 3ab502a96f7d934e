"""How much work webpki does for one chain before it gives up (`verify_cert.rs`, `Budget`)."""

from certmend.judge.webpki.rejection import COMPARISONS, PATHS, SIGNATURES, Rejection


class Budget:
    """What is left; each method takes one, and raises `Rejection` when nothing is left."""

    def __init__(self) -> None:
        self._signatures = 100
        self._paths = 200_000
        self._comparisons = 250_000

    def signature(self) -> None:
        """One signature is verified."""
        self._signatures -= 1
        if self._signatures < 0:
            raise Rejection(SIGNATURES)

    def path(self) -> None:
        """One certificate is added to a path."""
        self._paths -= 1
        if self._paths < 0:
            raise Rejection(PATHS)

    def comparison(self) -> None:
        """One name is compared with one constraint."""
        self._comparisons -= 1
        if self._comparisons < 0:
            raise Rejection(COMPARISONS)
