FROM python AS a
ENV PIP_INDEX_URL=https://nexus.corp.example/simple
RUN pip install a
FROM python
ENV PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
RUN pip install b
