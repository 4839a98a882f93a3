"""Agendas that are followed: fetched on a schedule, checked, published together, and what is known of each told to people."""
