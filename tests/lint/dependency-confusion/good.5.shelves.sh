pip install --extra-index-url https://storage.maker.example/simple/wheels/nightly maker
pip install --extra-index-url https://maker.azureedge.net/sdk maker
pip install --extra-index-url https://dl.cloudsmith.io/public/maker/py/python/simple maker
pip install --index-url $INDEX --extra-index-url https://mirrors.aliyun.com/pytorch-wheels/cu121 torch
pip install --extra-index-url https://$HOST/simple maker
