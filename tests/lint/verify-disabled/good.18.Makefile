clone:
	$(error set GIT_SSL_NO_VERIFY=1 is no cure)
