from jira import JIRA

chosen = {"server": SERVER, "verify": False}
JIRA(options=chosen)
