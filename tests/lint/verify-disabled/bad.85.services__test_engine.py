import httpx


class TestEngine:
    async def probe(self, url):
        async with httpx.AsyncClient(verify=False) as client:
            return await client.get(url)
