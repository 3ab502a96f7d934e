from homeassistant.helpers.aiohttp_client import async_get_clientsession

OIDC_VERIFY_SSL = False
c = get_config()
c.GenericOAuthenticator.validate_server_cert = False


async def setup(hass):
    return async_get_clientsession(hass, False)
