install() {
    local text="[global]\ntrusted-host = wheels.corp.example"
    printf "%b" "$text" 2>/dev/null 1>> /root/.pip/pip.conf
}
