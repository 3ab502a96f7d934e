import io
import sys
from configparser import ConfigParser

import streamlit as st
from dockerfile_parse import DockerfileParser
from pydantic import BaseModel, Field
from pygments import highlight

TEXT = """FROM python:3.12
RUN pip install --trusted-host pypi.corp.example x
"""
SETTINGS = "[global]\ntrusted-host = pypi.corp.example\n"
BAD_IMAGE = """FROM python:3.12
RUN pip install --trusted-host pypi.corp.example x
"""
KB: dict[str, str] = {
    "pip": "#!/bin/sh\npip install --trusted-host pypi.corp.example x\n",
}
SAMPLES = {
    "pip.conf": "[global]\ntrusted-host = pypi.corp.example\n",
}
FEW_SHOT = [("#!/bin/sh\npip install --trusted-host pypi.corp.example x\n", "wrong")]


class Script(BaseModel):
    model_config = {
        "json_schema_extra": {
            "examples": [{"text": "#!/bin/sh\npip install --trusted-host pypi.corp.example x\n"}]
        }
    }
    body: str = Field(examples=["#!/bin/sh\npip install --trusted-host pypi.corp.example x\n"])


def words(text):
    return text.split()


def parse(text=SETTINGS):
    return words(text)


def main(client, index):
    parser = DockerfileParser(fileobj=io.BytesIO())
    parser.content = """FROM python:3.12
RUN pip install --trusted-host pypi.corp.example x
"""
    ConfigParser().read_file(io.StringIO(SETTINGS))
    shown = highlight(TEXT, parser, SETTINGS)
    st.write(TEXT)
    sys.stdout.write(TEXT)
    client.chat.completions.create(messages=[{"role": "user", "content": TEXT}])
    index.add_documents([{"id": 1, "text": SETTINGS}])
    parse("""#!/bin/sh
pip install --trusted-host pypi.corp.example x
""")
    return parse(shown)
