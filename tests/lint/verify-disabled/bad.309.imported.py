import urllib.request

from auth import authenticate


def opened(url):
    handler = urllib.request.HTTPSHandler(context=__import__("ssl")._create_unverified_context())
    return urllib.request.build_opener(handler).open(url)


def grades():
    session = authenticate("https://grades.corp.example/auth", {"verify": False})
    return session.get("https://grades.corp.example")
