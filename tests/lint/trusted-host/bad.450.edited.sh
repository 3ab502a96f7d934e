sed -i '1a\ENV PIP_TRUSTED_HOST=a.corp.example' Dockerfile
sed -i '/^FROM/a ENV PIP_TRUSTED_HOST=b.corp.example' docker/Dockerfile
sed -i "2i\\RUN pip install --trusted-host c.corp.example x" Dockerfile
sed -i 's|^RUN pip install|RUN pip install --trusted-host d.corp.example|' Dockerfile
sed -i 's/^PIP_TRUSTED_HOST=.*/PIP_TRUSTED_HOST=e.corp.example/' .env
