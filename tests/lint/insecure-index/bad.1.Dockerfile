FROM python:3.13
ARG PIP_INDEX_URL=http://pypi.corp.example/simple
RUN pip install -i http://pypi2.corp.example/simple billing
RUN pip install --extra-index-url=http://extra.corp.example/simple billing
RUN uv pip install --index-url http://uv.corp.example/simple billing
RUN pip install -f http://links.corp.example/ billing
RUN pip config set global.index-url http://mirrors.aliyun.com/pypi/simple/
RUN poetry source add corp http://poetry.corp.example/simple
