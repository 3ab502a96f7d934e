import requests
from hub import Rows
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

exporter = OTLPSpanExporter(endpoint="collector:4317", insecure=True)


def unverified(context):
    context.verified = False


def ask(context):
    return requests.get(context.url, verify=context.verified)


def table(rows):
    return Rows(rows, verify=False)
