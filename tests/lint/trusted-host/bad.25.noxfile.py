import nox


@nox.session
def tests(session):
    session.install("--trusted-host", "nox.corp.example", "billing")
    session.run("pip", "install", "--trusted-host", "run.corp.example", "billing")
