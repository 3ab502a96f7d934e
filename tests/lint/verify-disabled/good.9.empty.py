import subprocess

for name in ():
    subprocess.run(["pip", "install", name], check=True)
for name in []:
    subprocess.run(["curl", "-k", name], check=True)
