"""pip: the bundle that its settings name, or one that they are pointed at (`remedy/pips.py`)."""

from certmend.remedy import pips
from certmend.remedy.target import Target

PIP = Target(name="pip", trust=pips.trust, trust_host=pips.trust_host, verify_host=pips.verify_host)
