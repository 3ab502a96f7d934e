from locust import HttpUser


class Visitor(HttpUser):
    def on_start(self):
        self.client.verify = False
