FROM python AS a
ENV PIP_INDEX_URL=https://nexus.corp.example/simple
RUN pip install a
FROM python
RUN pip install --extra-index-url https://nexus.corp.example/simple b
