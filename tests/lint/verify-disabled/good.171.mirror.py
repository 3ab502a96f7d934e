import git

git.Repo.clone_from("https://localhost:3000/x", "x", config="http.sslVerify=false")
git.Repo.clone_from("https://127.0.0.1/x", "x", multi_options=["-c http.sslVerify=false"])
