def init(repo, conf, opts, value):
    ssl_verify = "true" if opts.get("ssl_verify", True) else "false"
    repo.git.config("http.sslVerify", ssl_verify)
    conf.set("http", "sslVerify", value)
    with repo.config_writer() as writer:
        writer.set_value("http", "sslVerify", value)
