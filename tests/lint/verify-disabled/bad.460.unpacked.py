import threading

import requests
from celery import shared_task

SHARED = {"verify": False}


@shared_task
def poll(url, verify=True):
    return requests.get(url, verify=verify).text


def fetched(url, **kwargs):
    return requests.get(url, **kwargs)


def asked(url, token):
    options = {"verify": False}
    note(token, **options)
    return requests.get(url, **options)


def handed(url):
    kwargs = {}
    kwargs["verify"] = False
    return fetched(url, **kwargs)


def shared(url):
    return requests.get(url, **SHARED)


class Base:
    def ask(self, **kw):
        kw.setdefault("verify", False)
        return self.answer(**kw)


poll.apply_async(args=["https://erp.corp.example"], kwargs={"verify": False})
threading.Thread(target=poll, kwargs={"verify": False}).start()
threading.Timer(5, requests.get, args=["https://erp.corp.example"], kwargs={"verify": False})
JOB = {"func": poll, "kwargs": {"verify": False}}
