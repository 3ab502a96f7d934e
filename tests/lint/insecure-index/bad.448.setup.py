from setuptools import setup

DEPENDENCY_LINKS = ["http://devpi.corp.example/root/+simple/"]

setup(
    name="shop",
    dependency_links=[
        "http://pypi.corp.example/simple/",
        "https://pypi.corp.example/other/",
        "http://pypi.corp.example/files/stock-1.0.tar.gz",
        "http://git.corp.example/stock.git@main#egg=stock",
    ],
)
