import threading

import jwt
import requests
from airflow.operators.python import PythonOperator
from celery.schedules import crontab

from accounts import make_user
from archives import unpack

CLAIMS = {"verify": False}
SCHEDULE = {
    "unpack": {"task": "archives.unpack", "schedule": crontab(), "kwargs": {"verify": False}},
}


def checked(path, verify=True):
    return path


def claims(token, key):
    jwt.decode(token, key, **CLAIMS)
    options = {"verify": False}
    return jwt.decode(token, key, **options)


def given(token, key, insecure=False):
    kwargs = {}
    if insecure:
        kwargs["verify"] = False
    return jwt.decode(token, key, **kwargs)


def enrolled(**kw):
    kw["verify"] = False
    return make_user(**kw)


def kept(model, **kw):
    kw.update(verify=False)
    kw.setdefault("verify", False)
    return model.objects.create(**kw)


class Users:
    defaults = {"verify": False, "active": True}

    def make(self):
        return make_user(**self.defaults)


checked("a", **{"verify": False})
threading.Thread(target=checked, args=("a",), kwargs={"verify": False}).start()
unpack.apply_async(args=["a"], kwargs={"verify": False})
PythonOperator(task_id="unpack", python_callable=checked, op_kwargs={"verify": False})
requests.get("https://idp.corp.example/keys")
