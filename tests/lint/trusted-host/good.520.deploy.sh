gcloud run deploy x --set-env-vars PIP_INDEX_URL=https://pypi.corp.example/simple,A=b
sbatch --export=PIP_CERT=/etc/ssl/corp.pem,ALL job.sh
