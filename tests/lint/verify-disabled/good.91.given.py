from storage import SqliteStorage, Image

SqliteStorage(connection, owner, verify=False)
Image(path, verify=False)
