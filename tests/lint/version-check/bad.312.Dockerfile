FROM python:3.13 AS tools
RUN export PIP_DISABLE_PIP_VERSION_CHECK=1 && pip install twine
RUN pip install wheel

FROM tools
RUN PIP_DISABLE_PIP_VERSION_CHECK=1 pip install invoices && pip install ledger

FROM python:3.13
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip install billing
RUN PIP_DISABLE_PIP_VERSION_CHECK=0 pip install cython
