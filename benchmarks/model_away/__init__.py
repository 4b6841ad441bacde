"""A model that goes away while approvals are clicked and tickets come in."""
