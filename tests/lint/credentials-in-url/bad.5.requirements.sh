pip install git+https://robot:s3cr3t-t0ken@git.corp.example/x.git
