import git
import subprocess

git.Repo.clone_from("https://git.corp.example/x", "x", config="http.sslVerify=false")
subprocess.run(["npm", "config", "set", "strict-ssl", "false"])
variables = {
    "NODE_TLS_REJECT_UNAUTHORIZED": "0",
}
