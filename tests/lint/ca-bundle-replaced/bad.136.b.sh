DIR="$(cd "$(dirname "$0")" && pwd)"
export PIP_CERT="$DIR/corp-root.pem"
pip install x
