gcloud run deploy x --set-env-vars PIP_TRUSTED_HOST=pypi.corp.example,A=b
gcloud run deploy x --set-env-vars "PIP_TRUSTED_HOST=pypi.corp.example,A=b,C=d"
gcloud run deploy x --set-env-vars=PIP_TRUSTED_HOST=pypi.corp.example,A=b
sbatch --export=PIP_TRUSTED_HOST=pypi.corp.example,ALL job.sh
