"""conda: known from its documentation only, so the person is told and nothing is written for it.

`ssl_verify` in a .condarc names a bundle, in the place of certifi; the variables of requests beat
it (docs.conda.io, "Using non-standard certificates").
"""

from certmend.model.client import ClientFacts
from certmend.model.plan import Step
from certmend.remedy import bundles, keeping, pointing
from certmend.remedy.ground import Ground
from certmend.remedy.target import Target, Wish


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """What to type, since conda is not run here."""
    place = keeping.user_place(ground.environment)
    text = "\n".join(
        (
            "certmend knows conda from its documentation only, and changes nothing for it.",
            "Put this into corp-ca.crt, then make one bundle and name it:",
            "",
            f"    certmend bundle build corp-ca.crt -o {pointing.shown(str(place))}",
            f"    conda config --set ssl_verify {pointing.shown(str(place))}",
            "",
            "`conda config --remove-key ssl_verify` takes it back.",
            "",
            bundles.text(wish.anchors),
        )
    )
    return (pointing.advice(f"Make {client.name} trust the CA", text),)


CONDA = Target(name="conda", trust=trust)
