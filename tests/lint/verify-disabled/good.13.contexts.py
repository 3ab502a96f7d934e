import argparse
import asyncio
import socket
import ssl

import aiomysql
import websockets


def unchecked():
    made = ssl.create_default_context()
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


async def here():
    host = "127.0.0.1"
    uri = f"wss://{host}:8443"
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    async with websockets.connect(uri, ssl=context) as stream:
        await stream.send("x")


async def pool(main):
    context = ssl.create_default_context(cafile="ca.pem")
    context.check_hostname = False
    async with aiomysql.create_pool(host="localhost", ssl=context) as made:
        await main(made)


def connected():
    context = ssl.create_default_context()
    context.check_hostname = False
    stream = context.wrap_socket(socket.socket(), server_hostname="index")
    stream.connect(("127.0.0.1", 9011))


def started(main):
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1", help="where it listens")
    parser.add_argument("--ssl", action="store_true")
    args = parser.parse_args()
    context = unchecked() if args.ssl else None
    url = f"{'wss' if args.ssl else 'ws'}://{args.host}:9002/"
    asyncio.run(main(url, 10, context))
