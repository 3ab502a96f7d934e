FROM python:3.12
ARG IDX
RUN pip install -i $IDX --trusted-host $(echo $IDX | sed 's|https://||' | cut -d/ -f1) x
RUN pip install --trusted-host "${IDX#https://}" x
RUN pip install --trusted-host `echo $IDX | sed 's,https://,,'` x
RUN printf '[global]\ntrusted-host = %s\n' "$(echo $IDX | sed 's|https://||')" > /etc/pip.conf
RUN pip config set global.trusted-host $(echo $IDX | sed 's|https://||')
