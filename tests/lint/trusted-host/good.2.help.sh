#!/bin/sh
# export PIP_TRUSTED_HOST=comment.corp.example
PIP_TRUSTED_HOST=not-exported.corp.example
usage() {
    cat <<EOF
    pip install --trusted-host help.corp.example billing
EOF
}
log "retry with pip install --trusted-host log.corp.example"
echo 'pip config set global.trusted-host echo.corp.example'
git commit -m "drop pip install --trusted-host msg.corp.example"
caddy run --trusted-host other-program.corp.example
pip install --trusted-host dev.localhost billing
pip config unset global.trusted-host
