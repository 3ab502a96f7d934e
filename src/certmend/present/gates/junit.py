"""A gate as JUnit XML: a test case for each line."""

from xml.etree import ElementTree as ET

from certmend.model.gate import Gate, Line, Trouble
from certmend.model.plugin import GateFormat
from certmend.model.view import View
from certmend.present.gates.text import title


def render(gate: Gate, _view: View) -> str:
    """One suite; a line that keeps the gate shut is a failure, a warning is output."""
    failures = sum(not line.ok for line in gate.lines)
    counts = {"tests": str(len(gate.lines)), "failures": str(failures), "errors": "0"}
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {"name": "certmend check", **counts})
    for line in gate.lines:
        _case(suite, line)
    ET.indent(suites)
    text = ET.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(suite: ET.Element, line: Line) -> None:
    name = f"{title(line)} ({line.client})" if line.client else title(line)
    case = ET.SubElement(
        suite, "testcase", {"classname": f"certmend.check.{line.kind}", "name": name}
    )
    failing = [one for one in line.troubles if one.fails]
    if failing:
        failure = ET.SubElement(
            case, "failure", {"type": failing[0].code, "message": failing[0].text}
        )
        failure.text = "\n".join(_words(one) for one in failing)
    if warnings := [one for one in line.troubles if not one.fails]:
        ET.SubElement(case, "system-out").text = "\n".join(_words(one) for one in warnings)
    elif not failing:
        ET.SubElement(case, "system-out").text = line.text


def _words(one: Trouble) -> str:
    return "\n".join(part for part in (f"{one.code}: {one.text}", one.where, one.cure) if part)


JUNIT = GateFormat(name="junit", render=render)
