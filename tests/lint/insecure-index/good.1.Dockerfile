FROM python:3.13
RUN pip install -i http://localhost:8080/simple billing
RUN pip install -i http://127.0.0.1:8080/simple billing
RUN pip install -i $INDEX billing
RUN npm config set registry http://npm.corp.example/
RUN sed -i 's|http://deb.debian.org|http://deb.corp.example|' /etc/apt/sources.list
ENV HTTP_PROXY=http://proxy.corp.example:3128
RUN pip install --proxy http://proxy.corp.example:3128 billing
RUN curl http://pypi.corp.example/simple
