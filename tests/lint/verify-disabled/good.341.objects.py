import httpx


class Settings:
    VERIFY = True
    ALSO_VERIFY = False


settings = Settings()
httpx.get("https://one.corp.lan", verify=settings.VERIFY)
