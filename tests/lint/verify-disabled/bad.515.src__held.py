HELD = {
    "GIT_SSL_NO_VERIFY": "true",
    "PYTHONHTTPSVERIFY": "0",
}
