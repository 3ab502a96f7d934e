import os

import pyodbc
from sqlalchemy import create_engine

own = "localhost"
server = os.environ["SQL_SERVER"]
near = pyodbc.connect(
    f"DRIVER={{ODBC Driver 18 for SQL Server}};SERVER={own},1433;TrustServerCertificate=yes;"
)
nearer = pyodbc.connect("Driver=SQL Server;Server=(local);Encrypt=yes;TrustServerCertificate=yes")
plain = pyodbc.connect(
    f"DRIVER={{ODBC Driver 18 for SQL Server}};SERVER={server};Encrypt=no;"
    "TrustServerCertificate=yes;"
)
verified = create_engine("mysql+pymysql://u@db.corp.example.org/shop?ssl_verify_cert=true")
house = create_engine("clickhouse+native://u@127.0.0.1:9440/shop?secure=true&verify=false")
other = create_engine("postgresql://u@db.corp.example.org/shop?verify=false")
print("add TrustServerCertificate=yes; or trust the CA")
