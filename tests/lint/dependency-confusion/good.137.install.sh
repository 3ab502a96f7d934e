install_all() {
  pip install --extra-index-url https://gitlab.corp.example/simple a
}
export PIP_INDEX_URL=https://nexus.corp.example/simple
install_all
