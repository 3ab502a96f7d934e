def init(repo, conf):
    repo.git.config("http.sslVerify", "false")
    conf.set("http", "sslVerify", "False")
    with repo.config_writer() as writer:
        writer.set_value("http", "sslVerify", False)
