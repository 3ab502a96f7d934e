make wheels PIP_TRUSTED_HOST=a.corp.example
kubectl create configmap pip --from-literal=PIP_TRUSTED_HOST=b.corp.example
heroku config:set PIP_TRUSTED_HOST=c.corp.example
gcloud run deploy x --set-env-vars X=1,PIP_TRUSTED_HOST=d.corp.example
sbatch --export=ALL,PIP_TRUSTED_HOST=e.corp.example job.sh
make PIP_TRUSTED_HOST=$(HOST)
make test PYTEST_ARGS="-k x"
kubectl set env deploy/x PIP_TRUSTED_HOST=g.corp.example
