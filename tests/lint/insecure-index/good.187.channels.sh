conda install -c conda-forge x
conda config --add channels https://conda.corp.example/main
curl http://conda.corp.example/main -c http://conda.corp.example/jar
slack --channels http://chat.corp.example
