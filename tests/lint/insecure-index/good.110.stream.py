import subprocess

options = ["-i", "http://camera.corp.example/live"]
options += ["-i", "http://camera.corp.example/live"]
subprocess.run(["ffmpeg", "-i", "http://camera.corp.example/simple/", "x"], stdout=subprocess.PIPE)
subprocess.run(["curl", "-i", "http://camera.corp.example/simple/"])
pipeline(["-i", "http://camera.corp.example/live"])
