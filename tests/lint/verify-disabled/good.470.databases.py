import aio_pika
import aiohttp
import aiomysql
import asyncpg
import irc.client
import pymongo
import redis.asyncio as redis
from motor.motor_asyncio import AsyncIOMotorClient
from lib.service import HttpServer

OPTIONS = {"host": "cache", "port": 6379, "ssl": False}
SETTINGS = dict(ssl=False, tz_aware=True)


class Store:
    opts = {"host": "db", "ssl": False}

    async def open(self):
        self.pool = await asyncpg.create_pool(**self.opts)


async def connect(**kwargs):
    kwargs.setdefault("ssl", False)
    kwargs["ssl"] = False
    await asyncpg.connect(**kwargs)
    await asyncpg.connect("postgres://db/x", ssl=False)
    await aiomysql.connect(host="db", ssl=False)
    await aio_pika.connect_robust("amqp://mq/", ssl=False)
    pymongo.MongoClient("mongodb://db", ssl=False)
    AsyncIOMotorClient("mongodb://db", ssl=False)
    AsyncIOMotorClient("mongodb://db", **SETTINGS)
    irc.client.connect("irc.corp.lan", 6667, ssl=False)
    HttpServer(port=80, ssl=False)
    async with aiohttp.ClientSession() as session:
        await session.get("https://api.corp.lan")
    return redis.Redis(**OPTIONS)
