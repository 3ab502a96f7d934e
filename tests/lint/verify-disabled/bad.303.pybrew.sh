#!/bin/sh
curl -kL https://github.com/utahta/pythonbrew/raw/master/pythonbrew-install | sh
curl -sk https://get.corp.example/install-python.sh | bash
