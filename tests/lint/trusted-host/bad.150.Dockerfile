FROM python:3.12
ARG IDX=https://nexus.a.example/simple
RUN pip install -i $IDX --trusted-host $(echo $IDX | sed 's|https://||' | cut -d/ -f1) x
RUN pip install --trusted-host "${IDX#https://}" x
RUN pip config set global.trusted-host $(echo $IDX | cut -d/ -f3)
RUN pip install -i https://nexus.b.example/simple --trusted-host $(cat host.txt) x
