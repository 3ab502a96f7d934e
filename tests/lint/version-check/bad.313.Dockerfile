FROM python:3.13 AS wheels
RUN printf '[global]\ndisable-pip-version-check = true\n' > /etc/pip.conf
RUN pip wheel billing

FROM python:3.13
COPY --from=wheels /wheels /wheels
RUN pip install billing
