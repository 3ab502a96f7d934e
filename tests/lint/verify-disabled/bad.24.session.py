from here import RestSession

RestSession(validate_certs=False)
