import os
import subprocess

os.environ["WDM_SSL_VERIFY"] = "0"
os.environ["MLFLOW_TRACKING_INSECURE_TLS"] = "true"
os.environ["VAULT_SKIP_VERIFY"] = "1"
os.environ["PORTAL_SSL_NO_VERIFY"] = "1"
os.environ["LEDGER_VERIFY_SERVER_CERT"] = "false"
os.environ["MQTT_TLS_INSECURE"] = "yes"
os.environ.setdefault("TRACKER_SSL_VERIFY", "False")
os.environ.update(STORE_VERIFY_TLS="off")
subprocess.run(["sync"], env={**os.environ, "PORTAL_SKIP_TLS_VERIFICATION": "1"})
