import os


def test_module(name):
    os.system("python -m easy_install -f http://eggs.corp.example/temp " + name)


test_module("snap")
