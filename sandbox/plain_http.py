"""What callers on loopback need to know of TLS: nothing."""

import ssl

# Everything here is plain HTTP; reading the roots of trust would delay every start.
NO_ROOTS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
