from setuptools import setup

setup(
    name="shop",
    dependency_links=[
        "https://pypi.corp.example/simple/",
        "http://127.0.0.1:3141/root/pypi/+simple/",
        "http://pypi.corp.example/files/stock-1.0.tar.gz",
        "http://git.corp.example/stock.git@main#egg=stock",
        "git+https://git.corp.example/stock.git",
    ],
)
