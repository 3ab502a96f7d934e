from jira import JIRA
from keycloak import KeycloakOpenID

chosen = {"server": SERVER, "verify": False}
JIRA(chosen, basic_auth=("me", PASSWORD))
KeycloakOpenID(server_url=ADDRESS, verify=False)
