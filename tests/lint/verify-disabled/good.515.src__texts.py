RULES = {
    "GIT_SSL_NO_VERIFY": "verify-disabled",
    "PYTHONHTTPSVERIFY": "0 switches it off",
    "NODE_TLS_REJECT_UNAUTHORIZED": "see the manual",
}
MESSAGES = {"GIT_SSL_NO_VERIFY": "1 switches it off"}
