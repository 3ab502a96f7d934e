FROM python:3.13
RUN pip install torch --extra-index-url https://download.pytorch.org/whl/cpu
RUN pip install --index-url https://test.pypi.org/simple/ --extra-index-url https://pypi.org/simple billing
RUN pip install --extra-index-url $EXTRA billing
RUN pip install --index-url https://pypi.corp.example/simple billing
RUN uv pip install --extra-index-url https://pypi.corp.example/simple billing
RUN pip install --no-index --extra-index-url https://pypi.corp.example/simple billing
