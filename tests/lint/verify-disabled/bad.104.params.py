from ravenpackapi import RPApi

api = RPApi()
api.common_request_params["verify"] = False
