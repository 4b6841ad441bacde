"""A help desk with its customers' side, spoken to as Zendesk or as Intercom.

`desk = HelpDesk(customers, accounts, articles, agents, hooks=[ZendeskHook(url, secret)])`,
mount `routes(desk)`, and `await desk.start()` in the server's loop to let webhooks out.
"""

from starlette.routing import BaseRoute

from sandbox.helpdesk import customers, intercom_api, zendesk_api
from sandbox.helpdesk.desk import Change, HelpDesk, Invalid
from sandbox.helpdesk.faults import Faults
from sandbox.helpdesk.intercom_hook import IntercomHook
from sandbox.helpdesk.zendesk_hook import ZendeskHook

__all__ = ["Change", "Faults", "HelpDesk", "IntercomHook", "Invalid", "ZendeskHook", "routes"]


def routes(desk: HelpDesk) -> list[BaseRoute]:
    """Zendesk under `/zendesk/api/v2`, Intercom under `/intercom`, people under `/sandbox`."""
    return [
        *zendesk_api.routes(desk),
        *intercom_api.routes(desk),
        *customers.routes(desk),
    ]
