conda install -c http://conda.corp.example/main x
mamba create -n x --channel=http://conda.corp.example/main y
conda config --add channels http://conda.corp.example/main
conda config --system --set channel_alias http://conda.corp.example
conda install -c conda-forge x
conda install -c http://127.0.0.1:8080/main x
curl http://conda.corp.example/main
