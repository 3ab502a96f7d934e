for host in pypi.corp.example wheels.corp.example; do
  pip config set global.trusted-host $host
done
