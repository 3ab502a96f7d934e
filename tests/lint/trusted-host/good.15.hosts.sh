for host in localhost 127.0.0.1; do
  pip install --trusted-host $host billing
done
for package in billing ledger; do
  pip install $package
done
