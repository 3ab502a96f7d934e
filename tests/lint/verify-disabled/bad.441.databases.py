import os

import pyodbc
from sqlalchemy import create_engine

URL = "mysql+pymysql://u@db.corp.example.org/shop?ssl_verify_cert=false&ssl_verify_identity=false"
server = os.environ["SQL_SERVER"]
connection = pyodbc.connect(
    f"DRIVER={{ODBC Driver 18 for SQL Server}};SERVER={server};DATABASE=shop;"
    "Encrypt=yes;TrustServerCertificate=yes;"
)


def address(host: str) -> str:
    return f"mssql+pyodbc://reader@{host}/shop?driver=ODBC+Driver+18&TrustServerCertificate=yes"


def cache(address: str) -> str:
    return f"{address}?ssl_cert_reqs=none"


engine = create_engine(f"clickhouse+native://u@{server}:9440/shop?secure=true&verify=false")
BROKER = "amqps://u@queue.corp.example.org:5671/?verify=verify_none"
