FROM python:3.13
ENV PIP_INDEX_URL=https://mirrors.aliyun.com/pypi/simple
RUN pip install --extra-index-url https://nexus.corp.example/repository/pypi/simple billing
RUN pip install -i https://nexus.corp.example/repository/pypi/simple --extra-index-url https://pypi.org/simple billing
