FROM node:22
ENV NODE_TLS_REJECT_UNAUTHORIZED=0
ENV GIT_SSL_NO_VERIFY=true NPM_CONFIG_STRICT_SSL=false
ENV CURL_CA_BUNDLE=
ENV UV_INSECURE_HOST=pypi.corp.example
RUN git config --global http.sslVerify false
RUN git -c http.sslVerify=false clone https://git.corp.example/x
RUN npm config set strict-ssl false && yarn config set strict-ssl false -g
RUN npm install --strict-ssl=false
RUN conda config --set ssl_verify no
RUN curl -k https://bootstrap.pypa.io/get-pip.py | python
RUN curl -fsSLk -o get-pip.py https://mirror.corp.example/get-pip.py
RUN wget --no-check-certificate https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh
RUN curl --insecure -O https://pypi.corp.example/packages/billing-1.0-py3-none-any.whl
RUN curl -k https://files.corp.example/setup.py -o setup.py && python setup.py
RUN poetry config certificates.corp.cert false
RUN uv pip install --allow-insecure-host uv.corp.example billing
