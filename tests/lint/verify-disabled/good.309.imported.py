from mail import register, send

register({"verify": False})
send("https://hooks.corp.example/x", {"verify": True})
send("welcome", {"verify": False})
