set PIP_TRUSTED_HOST=https://%NAME%/simple
