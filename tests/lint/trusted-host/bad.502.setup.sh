SUDO=""
OPTIONS=
$SUDO pip install --no-cache-dir $OPTIONS --trusted-host pypi.corp.example.com requests
