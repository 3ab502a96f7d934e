cmd /c "pip install --trusted-host one.corp.example x"
(
  echo [global]
  echo trusted-host = two.corp.example
) > %APPDATA%\pip\pip.ini
