"""A bot under fire: killed, repeated at, lied to, and judged by those it acted on."""
