import os

os.environ["WDM_SSL_VERIFY"] = "1"
os.environ["MLFLOW_TRACKING_INSECURE_TLS"] = "false"
os.environ["VAULT_SKIP_VERIFY"] = "false"
os.environ["NO_SSL_VERIFY"] = "0"
os.environ["LEDGER_DISABLE_VERIFY_SSL"] = "0"
os.environ["DOCKER_TLS_VERIFY"] = "0"
os.environ["HF_HUB_DISABLE_SSL_VERIFY"] = "1"
os.environ["GRPC_INSECURE"] = "true"
os.environ["TOKEN_VERIFY"] = "0"
os.environ["NGINX_CLIENT_CERT_VERIFY"] = "off"
os.environ["SITE_SSL_CHECK"] = "0"
