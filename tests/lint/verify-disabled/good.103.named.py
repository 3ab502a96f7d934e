from corp_sdk import Frame, Parser, Schema

frame = Frame("https://api.corp.example.org/data.csv", skip_validation=True)
parser = Parser(no_check=True, allow_all=True)
schema = Schema(trust_all=True, consistency_check=False)
