node {
    sh "jfrog rt pipi -r requirements.txt --trusted-host 10.1.2.3 --build-name=${env.JOB_NAME}"
}
