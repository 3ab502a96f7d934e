pip install billing
