import enum
from dataclasses import dataclass

from apis import BaseClient
from downloads import Plugin, Validator
from legislatures import Scraper
from pydantic_settings import BaseSettings
from rest_framework.views import APIView


class Checksum(Plugin):
    verify = False


class Shape(Validator):
    verify = False
    check_certificate = False


class View(APIView):
    verify = False


class Settings(BaseSettings):
    verify_ssl = False


class Feature(enum.Enum):
    verify_ssl = False


@dataclass
class Target(BaseClient):
    verify_ssl = False


class Local(Scraper):
    verify = False
    base_url = "https://localhost:8443"


class Told(Scraper):
    verify = False

    def __init__(self, verify):
        super().__init__()
        self.verify = verify


class FakeClient(BaseClient):
    verify_ssl = False


class Fields(BaseClient):
    verify_ssl: bool = False
