import logging

log = logging.getLogger(__name__)
log.debug('this server wants set_ciphers("ALL:@SECLEVEL=0")')
