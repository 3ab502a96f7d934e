import ovirtsdk4 as sdk
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

INSECURE = True
SECURE: bool = not INSECURE
exporter = OTLPSpanExporter(endpoint="collector.corp.lan:4317", insecure=INSECURE)
connection = sdk.Connection(url="https://engine.corp.lan/ovirt-engine/api", insecure=SECURE)
