"""The HTTP edge: tickets in, help desk, payments and account changes out."""
