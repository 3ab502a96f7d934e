FROM python:3.13
# RUN pip install --trusted-host comment.corp.example billing
ARG PIP_TRUSTED_HOST=
ARG PIP_TRUSTED_HOST=""
ARG PIP_TRUSTED_HOST
ENV PIP_TRUSTED_HOST=$PIP_TRUSTED_HOST
RUN pip install --trusted-host localhost --trusted-host 127.0.0.1 --trusted-host ::1 billing
RUN pip install --trusted-host "$PIP_TRUSTED_HOST" billing
RUN pip install ${PIP_TRUSTED_HOST:+--trusted-host $PIP_TRUSTED_HOST} billing
RUN echo "use pip install --trusted-host message.corp.example"
RUN grep -r trusted-host /etc
RUN pip install pytest-trusted-host
LABEL trusted-host=label.corp.example
