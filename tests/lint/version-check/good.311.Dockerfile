FROM python:3.13
COPY wheels /wheels
RUN pip install --no-index --find-links /wheels billing
RUN PIP_NO_INDEX=1 pip install --find-links /wheels ledger
